// The markup that this finds and the events that it sends are described in README.md. The page is
// right before this runs; whatever fails here leaves the baked number as it is. It is a module, so
// that it runs once however often a page's body is exchanged.

// What is known of each post, by key:
//   base    the number without the reader's own like: baked, or live; -1 while unknown
//   own     the number seen when the reader liked it, or true where only the server knows of that
//   total   what is shown, never less than the reader has seen counted with his own like
//   busy    1 while an answer is awaited, 2 after it
const posts = {};

// Keys whose live counts were not asked for.
const queue = [];

// A browser that refuses storage forgets a like on reload.
let store = {};
try {
  store = localStorage;
} catch {}

// Brings every number and button of the page in line with what is known. New ones are met here,
// and so are likes that came or went in another tab, or on a page from which the reader came back.
const draw = () => {
  for (const count of document.querySelectorAll("[data-likes-count]")) {
    const form = count.closest("[data-likes]");
    const { likesCount: key, likesLocale: locale } = count.dataset;
    const post = (posts[key] ||=
      (queue.push(["key", key]), { key, base: +(count.textContent.replace(/\D/g, "") || -1) }));
    post.own = +store["likes:" + key] || post.served;
    post.liked = post.own > 0;
    post.total = post.own > post.base ? post.own : post.base;
    const text = post.total < 0 ? "–" : locale ? post.total.toLocaleString(locale) : post.total;
    // Only a change, since each brings us here again.
    if (count.textContent != text) count.textContent = text;
    if (form) {
      form[0].ariaPressed = post.liked;
      seen.observe(form);
    }
  }
};

const set = (post, base, own, served) => {
  post.base = base;
  post.served = served;
  if (own) store["likes:" + post.key] = own;
  else delete store["likes:" + post.key];
  draw();
};

// Heard before others hear it: Turbo would send the form itself, and go where the answer leads.
addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const [, status] = form;
    const post = posts[form.dataset.likes];
    if (!post) return;
    event.preventDefault();
    if (post.busy == 1) return;

    // The reason is also the name of the text in the markup: what was done, the status of a refusal,
    // or without an answer 1, and 0 for a browser that is offline.
    post.busy = 1;
    post.reason = +navigator.onLine;
    const { own, total, base } = post;
    const method = own ? "delete" : "post";
    let name = "error";
    set(post, own ? total - 1 : base, !own && (total + 1 || 1));
    try {
      const response = await fetch(form.action, {
        method,
        keepalive: true,
        headers: post.undo && { "Likes-Undo": post.undo },
      });
      post.reason = response.status;
      const { total_likes: now, undo } = await response.json();
      // Refused with a total: this reader's like is among it already.
      if (!now && !response.ok) throw now;
      post.reason = response.ok ? method : "already";
      post.undo = undo;
      name = "change";
      set(post, own ? now : base, !own && now);
    } catch {
      set(post, base, own);
    }
    status.textContent = status.dataset[post.reason] || status.dataset[1];
    form.dispatchEvent(new CustomEvent("likes:" + name, { bubbles: true, detail: post }));
    post.busy = 2;
  },
  true,
);

// Live counts: one request for all that is on the page, unless it was made a short while ago. The
// age is not known where the server sends no Last-Modified: then it is below a second, always.
const live = async (form) => {
  const age = new Date() - new Date(document.lastModified);
  if (queue[0] && (age < 1000 || age > form.dataset.likesFresh))
    try {
      const response = await fetch(
        form.dataset.likesApi + "/likes?" + new URLSearchParams(queue.splice(0, 100)),
      );
      const { likes } = await response.json();
      for (const key in likes) {
        const post = posts[key];
        const { total_likes: now, liked } = likes[key];
        // What came in after a press is older than that press.
        if (!post.busy) set(post, now, post.own && now, liked);
      }
      live(form);
    } catch {}
};

// Only once a button can be seen and the browser has nothing better to do.
const seen = new IntersectionObserver((entries) =>
  entries.some(
    (entry) =>
      entry.isIntersecting && (self.requestIdleCallback || setTimeout)(() => live(entry.target)),
  ),
);

draw();
new MutationObserver(draw).observe(document, { childList: true, subtree: true });
addEventListener("storage", draw);
addEventListener("pageshow", draw);
