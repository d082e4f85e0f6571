// Sets the colour scheme before the first paint. A file of its own, because the content policy allows no inline script.
(function () {
  var saved = null;
  try {
    saved = window.localStorage.getItem("muster-color-scheme");
  } catch (_error) {
    // Storage is closed to us (private window): the system's scheme is right then.
  }
  var isDark = saved === "dark" || (saved !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");
})();
