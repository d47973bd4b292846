/* The map's page: mapdata.open(map) once, mapdata.draw(group, [rows, chosen, view, ticket]) at every change.
   A row: site, actor, status, colour, contested, step of age, days, origins, articles; all of them numbers. */
(function () {
  "use strict";
  const mapdata = (window.mapdata = window.mapdata || {});
  const MOST = 150; // symbols that are drawn one by one; beyond that, close ones are gathered
  const FILLED = 0.75; // of the map, by rows with their surroundings
  const OPEN_FROM = 8, IN_A_ROW = 4, GAP = 3, LABEL = 17;
  const home = { map: null, moved: false, quiet: false, view: null, ticket: 0, timer: 0, hadFocus: null, at: null, open: new Set() };

  mapdata.open = function (map) {
    home.map = map;
    L.DomUtil.addClass(map.getContainer(), "mapdata");
    document.documentElement.classList.add("mapdata-page");
    followTheme();
    map.attributionControl = null;
    // Before there is anything to project anew.
    atHome();
    mapdata.ground(map, mapdataGround);
    L.control.zoom({ position: "topright" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 110 }).addTo(map);
    const credits = L.control({ position: "bottomright" });
    credits.onAdd = () => {
      const line = L.DomUtil.create("div", "mapdata-credits");
      line.textContent = mapdataGround.credits;
      return line;
    };
    credits.addTo(map);
    map.on("resize", () => { if (!home.moved) atHome(); });
    // Leaflet tells of a resize a while later as of a move: only another place is the reader's.
    map.on("moveend", () => { if (!home.quiet && here() !== home.at) { home.at = here(); home.moved = true; report(); } });
  };

  mapdata.draw = function (group, [rows, chosen, view, ticket]) {
    group.addLayer(new Symbols(rows, chosen, group));
    if (view && String(view) !== String(home.view)) {
      home.view = view;
      home.moved = view[2] !== null;
      if (!home.moved) atHome();
      else quietly(() => home.map.setView([view[0], view[1]], view[2], { animate: false }));
    }
    // The rest of the page waits for this: once the browser has had its turn to show the symbols.
    if (ticket && ticket !== home.ticket) {
      home.ticket = ticket;
      requestAnimationFrame(() => setTimeout(() => fetch(`../../_mapdata/drawn?ticket=${ticket}`).catch(() => {})));
    }
  };

  function atHome() {
    const [west, south, east, north] = mapdataTheatre.bounds;
    quietly(() => {
      home.map.invalidateSize({ animate: false, pan: false });
      const size = home.map.getSize();
      if (size.x < 40 || size.y < 40) return; // the frame has no room yet: a resize comes
      home.map.fitBounds([[south, west], [north, east]], { animate: false, padding: [8, 8] });
    });
  }

  function quietly(move) {
    home.quiet = true;
    try { move(); } finally { home.quiet = false; home.at = here(); }
  }

  function here() {
    const at = home.map.getCenter();
    return [round(at.lat, 3), round(at.lng, 3), home.map.getZoom()].join();
  }

  /* The theme is Streamlit's where the page is in its frame, else the reader's own. */
  function followTheme() {
    const set = () => {
      const root = document.documentElement;
      const given = getComputedStyle(root).getPropertyValue("--background-color").trim();
      const hex = /^#([0-9a-f]{6})$/i.exec(given);
      const dark = hex ? brightness(hex[1]) < 110 : matchMedia("(prefers-color-scheme: dark)").matches;
      if (root.classList.toggle("mapdata-dark", dark) !== home.dark) {
        home.dark = dark;
        if (mapdata.paint) mapdata.paint();
      }
    };
    set();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", set);
    if (window.Streamlit && window.Streamlit.events) window.Streamlit.events.addEventListener("streamlit:render", () => setTimeout(set));
  }

  function brightness(hex) {
    const n = parseInt(hex, 16);
    return 0.3 * (n >> 16) + 0.59 * ((n >> 8) & 255) + 0.11 * (n & 255);
  }

  /* Sends an answer to Streamlit. streamlit-folium waits a quarter of a second and sends views at every turn of
     its own; this sends at once and leaves its memory of what was sent in order, so that it adds nothing. */
  function answer(feature, group) {
    const memory = window.__GLOBAL_DATA__, frame = window.Streamlit;
    if (!frame || !frame.setComponentValue) return;
    if (!memory) { if (feature && group) group.fire("click", { layer: { toGeoJSON: () => feature }, latlng: null }); return; }
    if (feature) memory.last_active_drawing = feature;
    memory.previous_data = { last_active_drawing: memory.last_active_drawing };
    const value = { ...memory.previous_data };
    if (home.moved) {
      const at = home.map.getCenter();
      value.view = { lat: round(at.lat, 4), lon: round(at.lng, 4), zoom: round(home.map.getZoom(), 2) };
    }
    frame.setComponentValue(value);
  }

  function report() {
    clearTimeout(home.timer);
    home.timer = setTimeout(() => answer(null, null), 350);
  }

  function round(value, digits) {
    return Math.round(value * 10 ** digits) / 10 ** digits;
  }

  const Symbols = L.Layer.extend({
    initialize(rows, chosen, group) {
      this._chosen = chosen ? chosen.join() : "";
      this._group = group;
      this._sites = new Map();
      for (const row of rows) {
        if (!this._sites.has(row[0])) this._sites.set(row[0], []);
        this._sites.get(row[0]).push(row);
      }
      for (const list of this._sites.values()) list.sort((a, b) => a[1] - b[1] || a[2] - b[2]);
      this._count = rows.length;
    },
    onAdd(map) {
      const pane = map.getPane("mapdata-symbols") || map.createPane("mapdata-symbols");
      pane.style.zIndex = 620;
      this._svg = mapdata.svg("svg", { class: "mapdata-symbols", width: 1, height: 1, role: "group", "aria-label": "Symbols on the map" });
      pane.appendChild(this._svg);
      this._layout();
      if (home.hadFocus) {
        const again = [...this._svg.querySelectorAll("[data-id]")].find((pill) => pill.dataset.id === home.hadFocus);
        if (again) again.focus({ preventScroll: true });
        home.hadFocus = null;
      }
    },
    onRemove() {
      const active = document.activeElement;
      home.hadFocus = active && this._svg.contains(active) ? active.dataset.id : null;
      this._svg.remove();
    },
    getEvents() {
      return { viewreset: this._layout, zoomend: this._layout, resize: this._layout, moveend: this._pan };
    },
    // What is gathered depends on what is in view; rows stand still while the reader moves the map.
    _pan() { if (this._crowded) this._layout(); },

    _layout() {
      const map = this._map, size = map.getSize();
      if (!map._loaded || !size.x || !size.y) return;
      const corner = map.containerPointToLayerPoint([0, 0]);
      const frame = { left: corner.x + 6, top: corner.y + 6, right: corner.x + size.x - 6, bottom: corner.y + size.y - 6 };
      const fixed = [
        { left: corner.x, top: corner.y, right: corner.x + 136, bottom: corner.y + 44 }, // the page's own switch lies here
        { left: frame.right - 40, top: corner.y, right: frame.right + 6, bottom: corner.y + 76 },
        { left: corner.x, top: frame.bottom - 28, right: corner.x + 130, bottom: frame.bottom + 6 },
        { left: frame.right - 250, top: frame.bottom - 18, right: frame.right + 6, bottom: frame.bottom + 6 },
      ];
      const spots = [];
      for (const [index, rows] of this._sites) {
        const site = mapdataTheatre.sites[index], at = map.latLngToLayerPoint([site[6], site[5]]);
        spots.push({ index, site, rows, x: at.x, y: at.y, count: rows.length, area: site[4] === "region" });
      }
      const close = spots.filter((s) => near(s, frame, size)), most = this._fitting(close, frame);
      this._crowded = this._count > MOST || most < MOST;
      const shown = this._crowded ? close : spots;
      const groups = this._crowded ? mapdata.gather(shown.map((s) => ({ x: s.x, y: s.y, count: this._shownOf(s) })), most) : shown.map((_, i) => [i]);
      for (const spot of shown) if (spot.area) spot.within = this._inside(spot, frame);
      const blocks = groups.map((group) => (group.length > 1 ? this._gathered(group.map((i) => shown[i])) : this._row(shown[group[0]])));
      const places = mapdata.place(blocks, frame, fixed);
      this._draw(blocks, places);
      mapdata.names.avoid(blocks.map((b, i) => ({ left: places[i].left, top: places[i].top, right: places[i].left + b.w, bottom: places[i].top + b.h })));
    },

    /* Points of an area that its name can stand on, in layer pixels, its own label point first. */
    _inside(spot, frame) {
      const ring = (spot.site[8] || []).map(([lon, lat]) => this._map.latLngToLayerPoint([lat, lon]));
      const found = [[spot.x, spot.y]];
      if (!ring.length) return found;
      const xs = ring.map((p) => p.x), ys = ring.map((p) => p.y);
      const left = Math.max(Math.min(...xs), frame.left), right = Math.min(Math.max(...xs), frame.right);
      const top = Math.max(Math.min(...ys), frame.top), bottom = Math.min(Math.max(...ys), frame.bottom);
      for (let i = 1; i < 12; i += 1) for (let j = 1; j < 12; j += 1) {
        const x = left + ((right - left) * i) / 12, y = top + ((bottom - top) * j) / 12;
        if (mapdata.holds(ring, x, y)) found.push([x, y]);
      }
      return found;
    },

    /* How many pills are drawn one by one: fewer where their rows would fill a small map. */
    _fitting(spots, frame) {
      const room = (frame.right - frame.left) * (frame.bottom - frame.top) * FILLED;
      const rows = spots.map((s) => this._row(s)), asked = rows.reduce((sum, r) => sum + (r.w + 8) * (r.h + 8), 0);
      const count = spots.reduce((sum, s) => sum + s.count, 0);
      return asked > room ? Math.min(MOST, Math.floor((count * room) / asked)) : MOST;
    },

    /* How many pills a site gets: in a crowd the last of them is the count of the others, until it is opened. */
    _shownOf(spot) {
      return this._count > MOST && !home.open.has(spot.index) ? Math.min(spot.count, OPEN_FROM) : spot.count;
    },

    /* The block of one site: its name over rows of pills. */
    _row(spot) {
      const all = spot.rows.map((row) => ({ row, width: mapdata.pillWidth(mapdataTheatre.actors[row[1]][2]) }));
      const most = this._shownOf(spot), pills = all.slice(0, most < all.length ? most - 1 : most);
      if (most < all.length) pills.push({ more: all.length - most + 1, width: 40 });
      const lines = [];
      for (let i = 0; i < pills.length; i += IN_A_ROW) lines.push(pills.slice(i, i + IN_A_ROW));
      const height = mapdataTheatre.pill.height;
      const rowWidth = Math.max(...lines.map(lineWidth));
      const label = short(spot.site[2]), local = this._map.getZoom() >= 8 && spot.site[3] !== spot.site[2] ? short(spot.site[3]) : "";
      const written = mapdata.textWidth(label, spot.area) + (local ? mapdata.textWidth(local, false) + 6 : 0);
      return { ...spot, lines, rowWidth, label, local, w: Math.max(rowWidth, written) + 2, h: LABEL + lines.length * (height + GAP) };
    },

    _gathered(spots) {
      const x = spots.reduce((sum, s) => sum + s.x, 0) / spots.length, y = spots.reduce((sum, s) => sum + s.y, 0) / spots.length;
      const count = spots.reduce((sum, s) => sum + s.count, 0);
      return { spots, x, y, count, area: true, within: [[x, y]], w: 26 + 8 * String(count).length, h: 28 };
    },

    _draw(blocks, places) {
      const svg = this._svg, make = mapdata.svg;
      svg.replaceChildren();
      const areas = make("g", {}), leaders = make("g", {}), front = make("g", {});
      svg.append(areas, leaders, front);
      const order = blocks.map((_, i) => i).sort((a, b) => blocks[a].y - blocks[b].y || blocks[a].x - blocks[b].x);
      for (const i of order) {
        const block = blocks[i], at = places[i];
        if (block.spots) { front.appendChild(this._bubble(block, at)); continue; }
        if (block.area) areas.appendChild(this._area(block));
        else leaders.appendChild(this._point(block, at));
        front.appendChild(this._block(block, at));
      }
      const pressed = front.querySelector("[aria-pressed=true]");
      if (pressed) pressed.parentNode.classList.add("chosen");
    },

    _block(block, at) {
      const make = mapdata.svg, site = block.site, height = mapdataTheatre.pill.height;
      const group = make("g", { class: "site" + (block.area ? " region" : ""), transform: `translate(${at.left} ${at.top})` });
      group.dataset.site = site[0];
      const middle = block.area && !block.local ? block.w / 2 : 1;
      const name = make("text", { class: "name", x: middle, y: 12, "text-anchor": block.area && !block.local ? "middle" : "start" }, block.label);
      group.appendChild(name);
      if (block.local) group.appendChild(make("text", { class: "name local", x: block.w, y: 12, "text-anchor": "end" }, block.local));
      block.lines.forEach((line, n) => {
        let x = block.area ? (block.w - lineWidth(line)) / 2 : 1;
        for (const pill of line) {
          const drawn = pill.more ? this._more(block, pill) : this._pill(block, pill.row);
          drawn.setAttribute("transform", `translate(${x} ${LABEL + n * (height + GAP)})`);
          group.appendChild(drawn);
          x += pill.width + gap(pill);
        }
      });
      return group;
    },

    _pill(block, row) {
      const site = block.site, [, actor, status, colour, contested, age] = row, [actorId, code, codeWidth] = mapdataTheatre.actors[actor];
      const word = mapdataTheatre.statuses[status];
      const pill = mapdata.pill({ kind: site[4], code, codeWidth, status: word, tones: mapdataTheatre.colours[colour], age, contested });
      const chosen = this._chosen === [row[0], actor, status].join();
      pill.dataset.id = [site[0], actorId, word].join("|");
      const said = describe(site, row);
      for (const [key, value] of Object.entries({ role: "button", tabindex: 0, "aria-label": said, "aria-pressed": chosen })) pill.setAttribute(key, value);
      pill.appendChild(mapdata.svg("title", {}, said));
      this._press(pill, () => this._choose(pill.dataset.id, site));
      return pill;
    },

    _choose(id, site) {
      const [siteId, actor, status] = id.split("|");
      for (const other of this._svg.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", other.dataset.id === id);
      const feature = { type: "Feature", geometry: { type: "Point", coordinates: [site[5], site[6]] }, properties: { id, turn: Date.now() } };
      document.dispatchEvent(new CustomEvent("mapdata:pick", { detail: { id, site: siteId, actor, status } }));
      answer(feature, this._group);
    },

    /* A dot for a base, a ring in a haze for a place that is known by name alone, tied to its row. */
    _point(block, at) {
      const make = mapdata.svg, group = make("g", { class: "point" });
      const height = mapdataTheatre.pill.height;
      const top = at.top + LABEL + height / 2 - 6, bottom = at.top + block.h - GAP - height / 2 + 6;
      const left = at.left + 1, right = left + block.rowWidth;
      const x = Math.max(left + 10, Math.min(right - 10, block.x)), y = Math.max(top, Math.min(bottom, block.y));
      group.appendChild(make("path", { class: "halo", d: `M${block.x} ${block.y}L${x} ${y}` }));
      group.appendChild(make("path", { class: "leader", d: `M${block.x} ${block.y}L${x} ${y}` }));
      if (block.site[7]) {
        group.appendChild(make("circle", { class: "haze", cx: block.x, cy: block.y, r: 9 }));
        group.appendChild(make("circle", { class: "soft", cx: block.x, cy: block.y, r: 3.6 }));
      } else group.appendChild(make("circle", { class: "dot", cx: block.x, cy: block.y, r: 3.2 }));
      return group;
    },

    /* A region: hatched, its edge soft and dashed; grey where several countries are said to be in it. */
    _area(block) {
      const make = mapdata.svg, map = this._map, slots = new Set(block.rows.map((row) => row[3]));
      const tone = slots.size === 1 ? mapdataTheatre.colours[[...slots][0]][0] : "#77736a";
      const id = "hatch-" + block.index, group = make("g", { class: "area" });
      const pattern = make("pattern", { id, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
      pattern.appendChild(make("rect", { width: 3, height: 9, fill: tone, "fill-opacity": 0.1 }));
      group.appendChild(pattern);
      let d;
      if (block.site[8]) {
        const ring = block.site[8].map(([lon, lat]) => { const p = map.latLngToLayerPoint([lat, lon]); return `${p.x} ${p.y}`; });
        d = "M" + ring.join("L") + "z";
      } else {
        const north = block.site[6] + block.site[9] / 111320, r = Math.abs(map.latLngToLayerPoint([north, block.site[5]]).y - block.y);
        d = `M${block.x - r} ${block.y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
      }
      group.appendChild(make("path", { d, fill: `url(#${id})`, stroke: tone, "stroke-width": 8, "stroke-opacity": 0.07, "stroke-linejoin": "round" }));
      group.appendChild(make("path", { d, fill: "none", stroke: tone, "stroke-width": 2, "stroke-opacity": 0.45, "stroke-dasharray": "6 5", "stroke-linejoin": "round" }));
      return group;
    },

    /* Several sites that would hide each other, as their count; it opens by going nearer. */
    _bubble(block, at) {
      const make = mapdata.svg, said = `${block.count} symbols at ${block.spots.length} places: open`;
      const group = make("g", { class: "gathered", role: "button", tabindex: 0, "aria-label": said, transform: `translate(${at.left} ${at.top})` });
      group.appendChild(make("rect", { class: "ring", x: -3, y: -3, width: block.w + 6, height: 34, rx: 17 }));
      group.appendChild(make("rect", { class: "body", width: block.w, height: 28, rx: 14 }));
      group.appendChild(make("text", { x: block.w / 2, y: 19, "text-anchor": "middle" }, block.count));
      group.appendChild(make("title", {}, said));
      this._press(group, () => {
        const bounds = L.latLngBounds(block.spots.map((s) => [s.site[6], s.site[5]]));
        const zoom = Math.max(this._map.getBoundsZoom(bounds.pad(0.25)), this._map.getZoom() + 1);
        block.spots.forEach((s) => home.open.add(s.index));
        this._map.setView(bounds.getCenter(), Math.min(zoom, this._map.getMaxZoom()), { animate: false });
      });
      return group;
    },

    _more(block, pill) {
      const make = mapdata.svg, height = mapdataTheatre.pill.height, said = `${pill.more} more symbols at ${block.site[1]}: show`;
      const group = make("g", { class: "gathered", role: "button", tabindex: 0, "aria-label": said });
      group.appendChild(make("rect", { class: "ring", x: -3, y: -3, width: pill.width + 6, height: height + 6, rx: height / 2 + 3 }));
      group.appendChild(make("rect", { class: "body", width: pill.width, height, rx: height / 2 }));
      group.appendChild(make("text", { x: pill.width / 2, y: height / 2 + 4.5, "text-anchor": "middle" }, "+" + pill.more));
      this._press(group, () => { home.open.add(block.index); this._layout(); });
      return group;
    },

    /* Click, Enter and Space; a drag of the map that ends on a pill is no click. */
    _press(element, action) {
      let from = null;
      element.addEventListener("mousedown", (event) => { from = [event.clientX, event.clientY]; });
      element.addEventListener("click", (event) => {
        event.stopPropagation();
        if (!from || Math.hypot(event.clientX - from[0], event.clientY - from[1]) < 6) action();
      });
      element.addEventListener("dblclick", (event) => event.stopPropagation());
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        action();
      });
    },
  });

  function near(spot, frame, size) {
    const x = size.x * 0.3, y = size.y * 0.3;
    return spot.x > frame.left - x && spot.x < frame.right + x && spot.y > frame.top - y && spot.y < frame.bottom + y;
  }

  function describe(site, [, actor, status, , contested, , days, origins]) {
    const words = [`${site[1]}${site[3] ? ` (${site[3]})` : ""}`, `${mapdataTheatre.actors[actor][3]}, ${mapdataTheatre.statuses[status]}${contested ? ", contested" : ""}`];
    words.push(`${origins} ${origins === 1 ? "origin" : "origins"}, newest ${days} ${days === 1 ? "day" : "days"} old`);
    return words.join(": ");
  }

  // The badge of a contested pill stands out over its corner.
  function gap(pill) { return GAP + (pill.row && pill.row[4] ? 5 : 0); }

  function lineWidth(line) {
    return line.reduce((sum, pill, i) => sum + pill.width + (i < line.length - 1 ? gap(pill) : 0), 0);
  }

  function short(name) {
    const signs = [...name];
    return signs.length > 40 ? signs.slice(0, 39).join("") + "…" : name;
  }
})();
