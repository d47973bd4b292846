(function () {
  "use strict";
  const map = document.getElementById("map");
  const [, , width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  const sites = [...document.querySelectorAll(".site")];
  const view = { x: 0, y: 0, zoom: 1 };

  /* Filters: what is switched off is not drawn and its quotes are not listed. */
  function filter() {
    const off = { status: new Set(), country: new Set() };
    for (const box of document.querySelectorAll("#filters input")) if (!box.checked) off[box.name].add(box.value);
    const hides = (one) => off.status.has(one.dataset.status) || off.country.has(one.dataset.country);
    for (const one of document.querySelectorAll(".site a, aside article, aside .sentence")) one.toggleAttribute("data-off", hides(one));
    const empty = (group, what) => !group.querySelector(what + ":not([data-off])");
    for (const site of sites) site.toggleAttribute("data-off", empty(site, "a"));
    for (const section of document.querySelectorAll("aside section")) section.toggleAttribute("data-off", empty(section, "article"));
    for (const area of document.querySelectorAll(".area")) {
      const pills = [...document.querySelectorAll(".site a")].filter((pill) => pill.dataset.symbol.split("|")[0] === area.dataset.site);
      area.toggleAttribute("data-off", pills.every((pill) => pill.hasAttribute("data-off")));
    }
  }
  document.getElementById("filters").addEventListener("change", filter);

  /* Pan and zoom: the ground grows, the pills keep their size at their points. */
  function show() {
    const w = width / view.zoom, h = height / view.zoom;
    view.x = Math.max(-width / 4, Math.min(width * 1.25 - w, view.x));
    view.y = Math.max(-height / 4, Math.min(height * 1.25 - h, view.y));
    map.setAttribute("viewBox", [view.x, view.y, w, h].join(" "));
    for (const site of sites) {
      const { x, y } = site.dataset;
      site.setAttribute("transform", `translate(${x} ${y}) scale(${1 / view.zoom}) translate(${-x} ${-y})`);
    }
    for (const name of map.querySelectorAll(".names text")) {
      const x = name.getAttribute("x"), y = name.getAttribute("y");
      name.setAttribute("transform", `translate(${x} ${y}) scale(${1 / view.zoom}) translate(${-x} ${-y})`);
    }
    scale();
  }
  function perUnit() {
    const box = map.getBoundingClientRect();
    return Math.min(box.width / width, box.height / height);
  }
  function scale() {
    const bar = document.getElementById("bar"), text = document.getElementById("bar-text");
    const pixels = (bar.dataset.width / text.dataset.km) * view.zoom * perUnit();
    let km = 0.01;
    for (let power = 0.01; power < 1e5; power *= 10) for (const step of [1, 2, 5]) if (step * power * pixels <= 140) km = step * power;
    bar.setAttribute("width", km * pixels);
    bar.firstElementChild.setAttribute("d", "M0 2H" + km * pixels);
    text.textContent = km >= 1 ? km + " km" : Math.round(km * 1000) + " m";
  }
  function zoomAt(x, y, factor) {
    const zoom = Math.max(1, Math.min(12, view.zoom * factor));
    view.x = x - ((x - view.x) * view.zoom) / zoom;
    view.y = y - ((y - view.y) * view.zoom) / zoom;
    view.zoom = zoom;
    show();
  }
  function at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    return [point.x, point.y];
  }
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(...at(event), event.deltaY < 0 ? 1.25 : 0.8);
  }, { passive: false });
  let held = null;
  map.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY }; });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const unit = view.zoom * perUnit();
    view.x -= (event.clientX - held.x) / unit;
    view.y -= (event.clientY - held.y) / unit;
    held = { x: event.clientX, y: event.clientY };
    show();
  });
  window.addEventListener("pointerup", () => { held = null; });
  map.addEventListener("dragstart", (event) => event.preventDefault());
  const controls = document.getElementById("controls");
  controls.hidden = false;
  controls.addEventListener("click", (event) => {
    const way = event.target.value;
    if (way) zoomAt(view.x + width / view.zoom / 2, view.y + height / view.zoom / 2, way === "in" ? 1.5 : 1 / 1.5);
  });
  window.addEventListener("resize", scale);
  scale();
})();
