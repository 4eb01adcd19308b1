// What the page does beside the terminal: the keys go to the dashboard without a click, files are saved, the key leaves
// the address, and nothing opens another address.
"use strict";

history.replaceState(null, "", "/");

// The dashboard asks for a window where it has a file to give; any other address stays closed.
window.open = (address) => {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith("/download/")) return null;
  const link = document.createElement("a");
  link.href = url.href;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
  return null;
};

const focus = () => document.querySelector(".xterm-helper-textarea")?.focus({ preventScroll: true });

// Not sooner than the connection is there: the terminal tells the dashboard of the focus at once.
const connected = (_, observer) => {
  if (!document.body.classList.contains("-loaded")) return;
  observer.disconnect();
  focus();
};

// The terminal measures its cells when it is opened: the font has to be there by then.
const start = async () => {
  const opened = window.onload;
  window.onload = null;
  await Promise.allSettled([document.fonts.load('16px "Roboto Mono"', "M\u2801\u2588"), document.fonts.load('bold 16px "Roboto Mono"', "M")]);
  opened?.call(window);
  new MutationObserver(connected).observe(document.body, { attributes: true, attributeFilter: ["class"] });
};

addEventListener("DOMContentLoaded", () => {
  document.getElementById("again").addEventListener("click", () => location.reload());
  start();
});
const back = () => { if (document.body.className.includes("-loaded") && !document.body.className.includes("-closed")) focus(); };
addEventListener("focus", back);
addEventListener("click", back);
