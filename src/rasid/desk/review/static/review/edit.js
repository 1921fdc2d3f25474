// Pickers and keys of the editing form. Without this script the form works all the same.
const form = document.querySelector("[data-claim-form]");
const list = document.getElementById("picks");
let wait = 0;
let found = [];
for (const input of form.querySelectorAll("[data-pick]")) {
  input.setAttribute("list", "picks");
  const id = document.getElementById(input.id.replace(/text$/, "id"));
  input.addEventListener("input", () => {
    const hit = found.find((f) => f.text === input.value);
    if (hit) { id.value = hit.id; return; }
    id.value = "";
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const url = input.dataset.pick === "places" ? form.dataset.pickUrl : form.dataset.pickActors;
      const answer = await fetch(`${url}?${new URLSearchParams({ q: input.value })}`);
      if (!answer.ok) return;
      found = (await answer.json()).rows;
      list.replaceChildren(...found.map((f) => { const o = document.createElement("option"); o.value = f.text; o.label = `${f.shown} · ${f.more}`; return o; }));
    }, 160);
  });
}
document.addEventListener("keydown", (e) => {
  if (e.code === "Enter" && e.ctrlKey) { e.preventDefault(); form.requestSubmit(); }
  if (e.code === "Escape" && !e.target.closest("dialog")) history.back();
});
form.querySelector("select, input:not([type=hidden])")?.focus();
