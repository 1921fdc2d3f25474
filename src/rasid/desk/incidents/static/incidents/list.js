// Facets and the strip of days come one by one, so that the list itself never waits for them.
async function load(box, url) {
  const answer = await fetch(url);
  if (!answer.ok) return;
  const html = await answer.text();
  if (box.tagName === "DETAILS") { box.querySelector("ul")?.remove(); box.insertAdjacentHTML("beforeend", html); } else if (html) box.innerHTML = html; else box.remove();
}
for (const box of document.querySelectorAll("[data-load-now]")) load(box, box.dataset.loadNow);
for (const box of document.querySelectorAll("details[data-load]")) {
  const once = () => { const url = box.dataset.load; if (url && box.open) { delete box.dataset.load; load(box, url); } };
  box.addEventListener("toggle", once);
  once();
}
