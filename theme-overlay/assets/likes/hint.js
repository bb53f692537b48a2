// Only with `hugo server`: says in the page, once, when no server takes its likes.
const form = document.querySelector("[data-likes]");
const api = form?.dataset.likesApi;
if (form) {
  fetch(api + "/health").catch(() => {
    form[1].textContent = `No likes server answers at ${api || location.origin}. Run "likes dev".`;
  });
}
