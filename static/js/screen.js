// When #screen gets new content: at the first load, and after each swap that meant it (a poll does not).

const isScreen = (event) => {
  const target = event.detail?.ctx?.target;
  return target === "#screen" || target?.id === "screen";
};
const isNotice = (event) => event.detail?.ctx?.target === "#notice";

/** Run once now and after every change of screen. */
export function whenScreenChanges(work) {
  const run = () => work(document.getElementById("screen"));
  document.addEventListener("htmx:after:swap", (event) => isScreen(event) && run());
  if (document.readyState === "complete") run();
  else addEventListener("load", run, { once: true });
}

/** Run before the old screen goes. */
export function beforeScreenChanges(work) {
  document.addEventListener("htmx:before:swap", (event) => isScreen(event) && work());
}

/** Run when a problem is shown on the screen that stays. */
export function whenNoticed(work) {
  document.addEventListener("htmx:after:swap", (event) => isNotice(event) && work(document.getElementById("notice")));
}
