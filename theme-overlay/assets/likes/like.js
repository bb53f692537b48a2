// The markup that this finds and the events that it sends are described in README.md. The page is
// right before this runs; whatever fails here leaves the baked number as it is.
const all = (selector) => [...document.querySelectorAll(selector)];
const counts = (key) =>
  all("[data-likes-count]").filter((count) => !key || count.dataset.likesCount == key);

// NaN while the number is unknown, which is printed as a dash.
const shown = (key) => +counts(key)[0].textContent;

// Every button and every number of a post stay in step. What is no number of likes is not shown.
const show = (key, total, liked) => {
  for (const count of counts(key)) {
    if (total >= 0) count.textContent = total;
  }
  for (const form of all("[data-likes]")) {
    if (form.dataset.likes == key) form[0].setAttribute("aria-pressed", !!liked);
  }
};

// The reader's own likes live over a reload: the number last seen, under the post's key, and
// nothing else; 0 forgets it. A browser that refuses storage forgets a like on reload.
const own = (key, total) => {
  const name = "likes:" + key;
  try {
    if (total) localStorage[name] = total;
    if (total === 0) delete localStorage[name];
    return localStorage[name];
  } catch {}
};

const send = (form, name, detail) =>
  form.dispatchEvent(new CustomEvent("likes:" + name, { bubbles: true, detail }));

const ask = async (url, method) =>
  (await fetch(url, { method, headers: { Accept: "application/json" } })).json();

// By key: 1 while an answer is awaited, 2 after it. Live counts that were asked for before that are
// stale when they come.
const touched = {};

addEventListener("submit", async (event) => {
  const form = event.target;
  const key = form.dataset.likes;
  if (!key) return;
  event.preventDefault();
  if (touched[key] == 1) return;
  touched[key] = 1;

  const [button, status] = form;
  const before = shown(key);
  const liked = button.getAttribute("aria-pressed") == "true";
  let reason = "failed";
  status.textContent = "";
  show(key, before + (liked ? -1 : 1), !liked);
  try {
    let { success, total_likes: total } = await ask(form.action, liked ? "DELETE" : "POST");
    reason = "refused";
    if (!success) {
      // With a total: this reader's like is among it already. Without: no such post, too many.
      if (!total) throw total;
      status.textContent = status.dataset.already;
    }
    if (!liked) total = Math.max(total, before + success || 1);
    own(key, liked ? 0 : total);
    show(key, total, !liked);
    send(form, "change", { key, total, liked: !liked });
  } catch {
    show(key, before, liked);
    status.textContent = status.dataset[reason];
    send(form, "error", { key, reason });
  }
  touched[key] = 2;
});

// Live counts: one request for all that is on the page, only once a button can be seen and the
// browser has nothing better to do.
const forms = all("[data-likes]");
const seen = new IntersectionObserver((entries) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  seen.disconnect();
  (window.requestIdleCallback || setTimeout)(async () => {
    const keys = new Set(counts().map((count) => count.dataset.likesCount));
    const query = [...keys].slice(0, 100).map((key) => "key=" + encodeURIComponent(key));
    try {
      const { likes } = await ask(forms[0].dataset.likesApi + "/likes?" + query.join("&"));
      for (const key in likes) {
        if (touched[key]) continue;
        const { total_likes: total, liked } = likes[key];
        show(key, Math.max(total, shown(key) || 0), liked || own(key));
      }
    } catch {
      send(forms[0], "error", { reason: "failed" });
    }
  });
});
for (const form of forms) {
  const key = form.dataset.likes;
  if (own(key)) show(key, Math.max(shown(key), own(key)), true);
  seen.observe(form);
}
