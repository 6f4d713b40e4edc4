/* Runs before the page is drawn, so that a theme that was chosen is there from the first picture on. */
{
  const chosen = localStorage.getItem("freshet.theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
}
