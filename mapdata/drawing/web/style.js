/* The style sheets, there before anything is drawn: whatever is measured has its fonts and sizes by then. */
(function () {
  "use strict";
  const style = document.createElement("style");
  style.textContent = mapdataStyle;
  document.head.appendChild(style);
})();
