/* The base layer: land, borders, water and their names, from the theatre's file. Drawn once, never by data. */
(function () {
  "use strict";
  const mapdata = (window.mapdata = window.mapdata || {});

  /* A line of the file as [[lat, lon], …], as Leaflet wants it. */
  function unpack(flat, unit) {
    const line = [];
    let x = 0, y = 0;
    for (let i = 0; i < flat.length; i += 2) {
      x += flat[i];
      y += flat[i + 1];
      line.push([y * unit, x * unit]);
    }
    return line;
  }

  function ringOf(indices, arcs) {
    const ring = [];
    for (const index of indices) {
      const arc = index >= 0 ? arcs[index] : arcs[~index].slice().reverse();
      for (let i = ring.length ? 1 : 0; i < arc.length; i += 1) ring.push(arc[i]);
    }
    return ring;
  }

  /* How many degrees of longitude the widest polygon of a country spans. */
  function widest(polygons) {
    return Math.max(...polygons.map(([ring]) => {
      let west = 180, east = -180;
      for (const [, lon] of ring) { west = Math.min(west, lon); east = Math.max(east, lon); }
      return east - west;
    }));
  }

  mapdata.ground = function (map, data) {
    const pane = map.createPane("mapdata-ground");
    pane.style.zIndex = 200;
    pane.style.pointerEvents = "none";
    const renderer = L.canvas({ pane: "mapdata-ground", padding: 0.4 });
    const arcs = data.arcs.map((arc) => unpack(arc, data.unit));
    const lines = (key) => data[key].map((line) => unpack(line, data.unit));
    const common = { renderer, interactive: false, smoothFactor: 0.6 };
    const painted = [];
    const fill = (shapes, colour) => painted.push([L.polygon(shapes, { ...common, stroke: false, fill: true, fillOpacity: 1 }).addTo(map), colour, "fillColor"]);
    const draw = (shapes, colour, weight, dashArray) => painted.push([L.polyline(shapes, { ...common, weight, dashArray, opacity: 1 }).addTo(map), colour, "color"]);

    const shapes = (country) => country[6].map((polygon) => polygon.map((ring) => ringOf(ring, arcs)));
    const own = new Set(mapdataTheatre.countries);
    const theatre = data.countries.filter((country) => own.has(country[0]));
    fill(data.countries.filter((country) => !own.has(country[0])).flatMap(shapes), "--land");
    fill(theatre.flatMap(shapes), "--theatre");
    painted.push([L.polygon(lines("lakes").map((ring) => [ring]), { ...common, weight: 0.6, fill: true, fillOpacity: 1 }).addTo(map), "--sea", "fillColor", "--coast"]);
    draw(lines("rivers"), "--river", 0.9);
    draw(lines("provinces"), "--province", 0.8);
    draw(data.coast.map((i) => arcs[i]), "--coast", 0.8);
    draw(data.borders.map((i) => arcs[i]), "--border", 1);
    const edges = theatre.flatMap((country) => country[6].flat().flat()).map((i) => (i >= 0 ? i : ~i));
    const settled = new Set(data.borders);
    draw(edges.filter((i) => settled.has(i)).map((i) => arcs[i]), "--edge", 1.3);
    draw(data.ceasefires.map((i) => arcs[i]), "--edge", 1.2, "5 4");
    draw(lines("disputed"), "--edge", 1.2, "2 3");

    mapdata.paint = function () {
      const style = getComputedStyle(map.getContainer());
      for (const [layer, colour, where, edge] of painted) {
        const set = { [where]: style.getPropertyValue(colour).trim() };
        if (edge) set.color = style.getPropertyValue(edge).trim();
        layer.setStyle(set);
      }
    };
    mapdata.paint();
    mapdata.names = new Names(data, shapes).addTo(map);
  };

  /* Names of countries and provinces, beneath the symbols. */
  const Names = L.Layer.extend({
    initialize(data, shapes) {
      this._data = data;
      this._taken = [];
      this._widths = new Map(data.countries.map((country) => [country, widest(shapes(country))]));
    },
    /* Rectangles of the symbols, in layer pixels: names that lie under one are left out. */
    avoid(taken) { this._taken = taken; this._show(); },
    onAdd(map) {
      this._map = map;
      const pane = map.getPane("mapdata-names") || map.createPane("mapdata-names");
      pane.style.zIndex = 300;
      pane.style.pointerEvents = "none";
      this._svg = mapdata.svg("svg", { class: "mapdata-names", width: 1, height: 1, "aria-hidden": "true" });
      pane.appendChild(this._svg);
      this._show();
    },
    getEvents() { return { viewreset: this._show, zoomend: this._show }; },
    _show() {
      const zoom = this._map.getZoom();
      this._svg.replaceChildren();
      this._drawn = [];
      const candidates = [];
      // Only the theatre that the base layer was built for has provinces.
      const provinces = zoom >= 5.5 && this._data.countries.some((country) => country[5] && mapdataTheatre.countries.includes(country[0]));
      for (const country of this._data.countries) {
        const [code, name, local, lon, lat] = country;
        // Within the theatre the provinces are named; a land without a code (a base, a line of control) is not.
        if (!code || (provinces && mapdataTheatre.countries.includes(code)) || (this._widths.get(country) / 360) * 256 * 2 ** zoom < name.length * 7) continue;
        candidates.push(["country", lon, lat, name, local]);
      }
      if (zoom >= 5.5) for (const [lon, lat, name, local] of this._data.province_names) candidates.push(["province", lon, lat, name, local]);
      for (const [kind, lon, lat, name, local] of candidates) this._name(kind, lon, lat, name, local);
    },
    _name(kind, lon, lat, name, local) {
      const at = this._map.latLngToLayerPoint([lat, lon]);
      const half = kind === "country" ? name.length * 4.6 : Math.max(name.length, local.length) * 3.1;
      const free = ([dx, dy]) => {
        const own = { left: at.x + dx - half, right: at.x + dx + half, top: at.y + dy - 10, bottom: at.y + dy + (local ? 19 : 4) };
        const hit = (r) => own.left < r.right && own.right > r.left && own.top < r.bottom && own.bottom > r.top;
        return [...this._taken, ...this._drawn].some(hit) ? null : own;
      };
      const shift = [[0, 0], [0, -30], [0, 30], [-48, 0], [48, 0]].find(free);
      if (!shift) return;
      const own = free(shift);
      at.x += shift[0];
      at.y += shift[1];
      this._drawn.push(own);
      const text = mapdata.svg("text", { class: kind, x: at.x, y: at.y });
      text.appendChild(mapdata.svg("tspan", { x: at.x }, name));
      if (local) text.appendChild(mapdata.svg("tspan", { x: at.x, dy: "1.25em", class: "local" }, local));
      this._svg.appendChild(text);
    },
  });
})();
