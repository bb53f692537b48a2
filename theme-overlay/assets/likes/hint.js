// Only with `hugo server`: says in the page, once, when no server takes its likes, or when the one
// that does has a hint for its author.
const form = document.querySelector("[data-likes]");
const api = form?.dataset.likesApi;
const say = (text) => (form[1].textContent = text);
if (form) {
  // Whether anybody answers is all that is wanted, whatever the answer allows other origins to see.
  fetch(api + "/health", { mode: "no-cors" })
    .then(
      async () => {
        const query = new URLSearchParams({ key: form.dataset.likes });
        const { hint } = await (await fetch(`${api}/likes?${query}`)).json();
        if (hint) say(hint);
      },
      () => say(`No likes server answers at ${api || location.origin}. Run "likes dev".`),
    )
    .catch(() => {});
}
