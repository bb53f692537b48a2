// Only with `hugo server`: says in the page, once, when no server takes its likes.
const form = document.querySelector("[data-likes]");
const api = form?.dataset.likesApi;
if (form) {
  // Whether anybody answers is all that is wanted, whatever the answer allows other origins to see.
  fetch(api + "/health", { mode: "no-cors" }).catch(() => {
    form[1].textContent = `No likes server answers at ${api || location.origin}. Run "likes dev".`;
  });
}
