/* Widths of names and insides of areas, in pixels. */
(function () {
  "use strict";
  const mapdata = (window.mapdata = window.mapdata || {});

  /* Whether a ring of points holds one (even-odd rule). */
  mapdata.holds = function (ring, x, y) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const a = ring[i], b = ring[j];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
  };

  const measures = new Map();
  /* Pixels that a name takes; measured once. */
  mapdata.textWidth = function (text, italic) {
    const style = italic ? "italic" : "normal";
    if (!measures.has(style)) {
      const made = document.createElement("canvas").getContext("2d");
      made.font = `${style} 600 12.5px "Noto Sans", "Source Sans", system-ui, sans-serif`;
      measures.set(style, { made, widths: new Map() });
    }
    const { made, widths } = measures.get(style);
    if (!widths.has(text)) widths.set(text, made.measureText(text).width + 4);
    return widths.get(text);
  };
})();
