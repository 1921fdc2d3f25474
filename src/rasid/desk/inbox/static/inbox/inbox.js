// The list of work refreshes itself while there is any; files can be dropped on the box.
const box = document.querySelector("[data-jobs]");
async function look() {
  const state = await (await fetch(box.dataset.jobsState, { headers: { Accept: "application/json" } })).json();
  box.innerHTML = await (await fetch(box.dataset.jobs)).text();
  if (state.busy) setTimeout(look, 1200);
}
if (box?.querySelector('[data-state="waiting"], [data-state="running"]')) setTimeout(look, 800);

for (const drop of document.querySelectorAll("[data-drop]")) {
  const input = drop.querySelector('input[type="file"]');
  drop.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (e) => { e.preventDefault(); drop.classList.remove("over"); input.files = e.dataTransfer.files; });
}
