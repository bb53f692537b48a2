// The original blog's buttons have the class "liked" and not aria-pressed.
const mark = (button) => {
  if (button.id.startsWith("like-btn-")) {
    button.classList.toggle("liked", button.ariaPressed == "true");
  }
};
document.querySelectorAll("[aria-pressed]").forEach(mark);
new MutationObserver((changes) => changes.forEach(({ target }) => mark(target))).observe(document, {
  subtree: true,
  attributeFilter: ["aria-pressed"],
});
