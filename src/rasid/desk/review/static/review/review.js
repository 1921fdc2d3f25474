// Review by keyboard and pointer. Keys are bound to event.code: the key's place, whatever the layout writes.
const root = document.querySelector("[data-review]");
const text = document.querySelector("[data-original]");
const dialog = document.querySelector("[data-keys-dialog]");
const claims = () => [...document.querySelectorAll("[data-claims] > .claim")];
let current = -1;

function light(n) {
  for (const s of text.querySelectorAll(".on")) s.classList.remove("on");
  for (const s of text.querySelectorAll(`[data-c~="${n}"]`)) s.classList.add("on");
}
function go(i, focus = true) {
  const all = claims();
  if (!all.length) return;
  current = Math.max(0, Math.min(all.length - 1, i));
  for (const c of all) c.classList.toggle("current", c === all[current]);
  light(all[current].dataset.n);
  if (focus) { all[current].focus({ preventScroll: true }); all[current].scrollIntoView({ block: "nearest" }); }
  const first = text.querySelector(".on");
  if (first) first.scrollIntoView({ block: "nearest" });
}
async function send(form) {
  const article = form.closest(".claim");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Part": "1" } });
  const html = await answer.text();
  if (!answer.ok) { location.reload(); return; }
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.querySelector(".claim");
  if (!fresh) { location.reload(); return; }
  article.replaceWith(fresh);
  const at = claims().indexOf(fresh);
  const open = claims().findIndex((c, i) => i > at && c.classList.contains("machine"));
  go(open >= 0 ? open : at);
}
document.addEventListener("submit", (e) => {
  const form = e.target.closest('form[data-act="accept"], form[data-act="reject"]');
  if (!form) return;
  e.preventDefault();
  send(form);
});
document.addEventListener("click", (e) => {
  if (e.target.closest("[data-keys]")) { dialog.showModal(); return; }
  const span = e.target.closest("[data-c]");
  if (span) { const n = span.dataset.c.split(" ")[0]; go(claims().findIndex((c) => c.dataset.n === n)); return; }
  const claim = e.target.closest(".claim");
  if (claim && !e.target.closest("a, button, input")) go(claims().indexOf(claim), false);
});

// selecting words of the text offers to make a claim of them; offsets count code points
const points = (s) => [...s].length;
const offset = (node, at) => { const r = document.createRange(); r.setStart(text, 0); r.setEnd(node, at); return points(r.toString()); };
const tools = document.querySelector("[data-selected]");
document.addEventListener("selectionchange", () => {
  if (!tools) return;
  const s = getSelection();
  const inside = s.rangeCount && !s.isCollapsed && text.contains(s.anchorNode) && text.contains(s.focusNode);
  if (!inside) { return; }
  const r = s.getRangeAt(0);
  const q = new URLSearchParams({ start: offset(r.startContainer, r.startOffset), end: offset(r.endContainer, r.endOffset) });
  tools.querySelector("[data-add-incident]").href = `${root.dataset.add}?${q}`;
  q.set("what", "commitment");
  tools.querySelector("[data-add-commitment]").href = `${root.dataset.add}?${q}`;
  tools.hidden = false;
});

const act = (name) => claims()[current]?.querySelector(`[data-act="${name}"]`);
const goto = document.querySelector("[data-goto]");
let waiting = false;
document.addEventListener("keydown", (e) => {
  if (e.target.closest?.("input, textarea, select") || dialog.open || e.altKey || e.metaKey) return;
  if (e.ctrlKey) { if (e.code === "Enter") document.querySelector("[data-finish]")?.requestSubmit(); return; }
  if (waiting) {
    waiting = false;
    const to = { KeyT: goto.dataset.t, KeyM: goto.dataset.m, KeyP: goto.dataset.p, KeyI: goto.dataset.i, KeyQ: goto.dataset.q }[e.code];
    if (to) { e.preventDefault(); location.href = to; }
    return;
  }
  const does = {
    KeyJ: () => go(current + 1), KeyK: () => go(current - 1),
    KeyA: () => { const f = act("accept"); if (f) f.requestSubmit(); else go(current + 1); },
    KeyR: () => act("reject")?.requestSubmit(),
    KeyE: () => { const a = act("edit"); if (a) location.href = a.href; },
    KeyM: () => { const a = act("merge"); if (a) location.href = a.href; },
    KeyU: () => document.querySelector("[data-undo]")?.requestSubmit(),
    KeyS: () => document.querySelector("[data-skip]")?.click(),
    KeyG: () => { waiting = true; },
    Slash: () => { if (e.shiftKey) dialog.showModal(); else location.href = goto.dataset.q; },
  }[e.code];
  if (does) { e.preventDefault(); does(); }
});
const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
const start = named ? claims().indexOf(named) : claims().findIndex((c) => c.classList.contains("machine"));
go(start >= 0 ? start : 0, Boolean(named));
