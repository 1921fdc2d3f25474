// Light or dark: the system's choice, unless the person chose here.
(() => {
  const root = document.documentElement;
  let kept = null;
  try { kept = localStorage.getItem("rasid-theme"); } catch { kept = null; }
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  document.addEventListener("click", (e) => {
    if (!e.target.closest("[data-theme-toggle]")) return;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("rasid-theme", root.dataset.theme); } catch { /* private window: lasts for this page */ }
  });
  document.addEventListener("DOMContentLoaded", () => document.querySelector('.nav [aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" }));
})();
