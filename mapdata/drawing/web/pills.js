/* Pills as SVG elements, by the measures that the theatre's file carries: the twin of templates/pill.svg.j2. */
(function () {
  "use strict";
  const mapdata = (window.mapdata = window.mapdata || {});
  const NS = "http://www.w3.org/2000/svg";
  const PAPER = "#ffffff", INK = "#3c3c38", FADED = "#f1f0ec", DARK = "#1d1d1b";

  /* An SVG element with attributes; text goes in as text, whatever it holds. */
  mapdata.svg = function (name, attributes, text) {
    const element = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };

  mapdata.pillWidth = function (codeWidth) {
    const g = mapdataTheatre.pill;
    return g.pad * 2 + g.glyph + g.gap + codeWidth + 1;
  };

  /* look: {kind, code, codeWidth, status, tones, age, contested}. Gives a <g> whose upper left corner is 0, 0. */
  mapdata.pill = function (look) {
    const svg = mapdata.svg, g = mapdataTheatre.pill, h = g.height, r = h / 2, w = mapdata.pillWidth(look.codeWidth);
    const line = look.tones[0], aged = look.status === "existing" && look.age > 0;
    let fill = PAPER, write = line, picture = line;
    if (look.status === "existing") { fill = line; write = PAPER; picture = aged ? line : PAPER; }
    if (look.status === "former") { fill = FADED; write = INK; picture = INK; }
    const group = svg("g", { class: "pill " + look.status });
    group.appendChild(svg("rect", { class: "ring", x: -3, y: -3, width: w + 6, height: h + 6, rx: r + 3 }));
    const body = svg("rect", { class: "body", x: 0.75, y: 0.75, width: w - 1.5, height: h - 1.5, rx: r - 0.75, fill, stroke: line, "stroke-width": 1.5 });
    if (look.status === "proposed") body.setAttribute("stroke-dasharray", "4 2.5");
    if (look.status === "former") { body.setAttribute("stroke-dasharray", "0.1 3"); body.setAttribute("stroke-linecap", "round"); }
    group.appendChild(body);
    if (aged) {
      const split = g.pad + g.glyph + g.gap / 2;
      group.appendChild(svg("path", { d: `M${split} 1.5H${r}A${r - 1.5} ${r - 1.5} 0 0 0 ${r} ${h - 1.5}H${split}z`, fill: look.tones[look.age] }));
    }
    group.appendChild(svg("path", { d: g.glyphs[look.kind], transform: `translate(${g.pad} ${(h - g.glyph) / 2}) scale(${g.glyph / 16})`, fill: picture, "fill-rule": "evenodd" }));
    const denied = look.status === "denied";
    if (denied) group.appendChild(svg("path", { d: `M4 ${h - 2.5}L${w - 4} 2.5`, stroke: line, "stroke-width": 1.5 }));
    // The strike runs behind the code, which stays readable in a rim of paper.
    group.appendChild(svg("text", { class: denied ? "code struck" : "code", x: g.pad + g.glyph + g.gap, y: h / 2 + g.font * 0.36, "font-size": g.font, textLength: look.codeWidth, lengthAdjust: "spacingAndGlyphs", fill: write }, look.code));
    if (look.contested) {
      const badge = svg("g", { class: "badge", transform: `translate(${w - 3} ${h - 3})` });
      badge.appendChild(svg("circle", { r: g.badge, fill: DARK, stroke: PAPER, "stroke-width": 1 }));
      badge.appendChild(svg("path", { d: "M-3.2-1.4h6.4M-3.2 1.4h6.4M1.8-3.8-1.8 3.8", stroke: PAPER, "stroke-width": 1.2, fill: "none" }));
      group.appendChild(badge);
    }
    return group;
  };
})();
