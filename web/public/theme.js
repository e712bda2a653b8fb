// Runs before the first paint, so that neither the theme nor the agency's colours flash.
(() => {
  try {
    const root = document.documentElement;
    const look = JSON.parse(localStorage.getItem("tembea.look") || "{}");
    const dark =
      look.theme === "dark" || (look.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "dark" : "light";
    const accent = look.accent?.[dark ? "dark" : "light"];
    for (const name in accent) root.style.setProperty(name, accent[name]);
  } catch {
    // Storage may be forbidden: the stylesheet's own defaults stand.
  }
})();
