/* The offline page: opens the data that the file carries, draws the map, and keeps the view in the address. */
(async function () {
  "use strict";
  const offline = mapdataOffline, find = (id) => document.getElementById(id);
  if (typeof DecompressionStream === "undefined") { find("said").textContent = "This browser is too old to open the file: it needs DecompressionStream (Chrome 80, Firefox 113, Safari 16.4)."; return; }

  const manifest = JSON.parse(find("manifest").textContent);
  const [data, ground] = await Promise.all([offline.unpacked("data"), offline.unpacked("ground")]);
  for (const table of ["articles", "origins", "claims", "beside"]) data[table] = offline.rows(data[table]);
  window.mapdataTheatre = data.theatre;
  window.mapdataGround = ground;
  const theatre = data.theatre, statuses = theatre.statuses;
  const writer = offline.writer(data, statuses), chooser = offline.chooser(data);
  const made = { data, theatre, statuses, writer, chooser };

  let view = { from: null, to: null, asOf: data.as_of, status: null, country: null, actor: null };
  let place = null, actor = null, status = null, selected = null, drawn = null;

  // The same base map as in the dashboard, with its settings.
  const map = L.map("map", { zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, zoomAnimation: false,
    fadeAnimation: false, markerZoomAnimation: false, minZoom: 2, maxZoom: 13, bounceAtZoomLimits: false, center: [0, 0], zoom: 4 });
  mapdata.open(map);
  const layer = L.featureGroup().addTo(map);

  const rail = offline.rail(find("filters"), made, (part) => show({ ...view, ...part }));
  const timeline = offline.timeline(find("timeline"), made, (asOf) => show({ ...view, asOf }));
  const evidence = offline.evidence(find("evidence"), made, open);

  function show(next) {
    view = next;
    selected = chooser.select(view);
    rail.draw(view, selected);
    timeline.draw(view, selected);
    drawMap();
    drawEvidence();
    const counted = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
    find("said").textContent = [`as of ${writer.day(view.asOf)}`, `${selected.claims.toLocaleString("en")} of ${counted(data.claims.length, "claim", "claims")}`,
      counted(selected.origins, "origin", "origins"), ...(selected.undated ? [`${selected.undated} undated`] : [])].join(" · ");
    remember();
  }

  function drawMap() {
    const step = (age) => data.rule.age_steps.filter((days) => age >= days).length;
    const rows = selected.symbols.filter((one) => data.places[one.place][3] >= 0).map((one) => [
      data.places[one.place][3], one.actor, one.status, data.actors[one.actor][1],
      data.states[one.state] === "contested" ? 1 : 0, step(one.age), one.age, one.origins, one.articles]);
    const chosen = place !== null && actor !== null ? [data.places[place][3], actor, status] : null;
    const now = JSON.stringify([rows, chosen]);
    if (now === drawn) return;
    drawn = now;
    layer.clearLayers();
    mapdata.draw(layer, [rows, chosen, null]);
  }

  function drawEvidence() {
    const head = place === null ? (evidence.list(selected), null) : evidence.place(place, actor, chooser.at(place, view));
    find("citation").value = offline.citation(made, manifest, view, place === null ? null : { place, actor, symbols: selected.symbols });
    return head;
  }

  function open(nextPlace, nextActor, nextStatus) {
    [place, actor, status] = [nextPlace, nextActor, nextStatus];
    evidence.fresh();
    drawMap();
    const head = drawEvidence();
    find("evidence").scrollTop = 0;
    if (head) head.focus({ preventScroll: innerWidth > 900 });
    remember();
  }

  document.addEventListener("mapdata:pick", ({ detail }) => {
    const number = data.places.findIndex(([id]) => id === detail.site);
    if (number >= 0) open(number, theatre.actors.findIndex(([id]) => id === detail.actor), statuses.indexOf(detail.status));
  });

  find("copy").addEventListener("click", async () => {
    const text = find("citation");
    try { await navigator.clipboard.writeText(text.value); } catch { text.select(); document.execCommand("copy"); }
    find("copied").textContent = "Copied.";
  });

  /* The view in the address, in the words of the command line. */
  function remember() {
    const words = new URLSearchParams();
    if (view.from !== null) words.set("from", offline.iso(view.from));
    if (view.to !== null) words.set("to", offline.iso(view.to));
    if (view.asOf !== data.as_of) words.set("as_of", offline.iso(view.asOf));
    if (view.actor) words.set("actor", [...view.actor].map((one) => theatre.actors[one][0]).join());
    if (view.country) words.set("country", [...view.country].join());
    if (view.status) words.set("status", [...view.status].map((one) => statuses[one]).join());
    if (place !== null) words.set("place", [data.places[place][0], ...(actor === null ? [] : [theatre.actors[actor][0], statuses[status]])].join("|"));
    // In a frame without an origin of its own the address is not ours to change.
    try { history.replaceState(null, "", "#" + words); } catch { /* the view is kept in the page alone */ }
  }

  function remembered() {
    const words = new URLSearchParams(location.hash.slice(1)), next = { ...view };
    const days = { from: "from", to: "to", as_of: "asOf" };
    for (const [word, key] of Object.entries(days)) if (offline.dayOf(words.get(word)) !== null) next[key] = offline.dayOf(words.get(word));
    next.asOf = Math.max(chooser.first, Math.min(chooser.last, next.asOf));
    const set = (word, number) => { if (words.has(word)) next[word] = new Set(words.get(word).split(",").map(number).filter((one) => one !== -1)); };
    set("actor", (id) => theatre.actors.findIndex(([known]) => known === id));
    set("country", (code) => (code in data.countries ? code : -1));
    set("status", (word) => statuses.indexOf(word));
    const [site, who, what] = (words.get("place") || "").split("|");
    const number = data.places.findIndex(([id]) => id === site);
    if (number >= 0) {
      place = number;
      const found = theatre.actors.findIndex(([id]) => id === who);
      if (found >= 0 && statuses.includes(what)) [actor, status] = [found, statuses.indexOf(what)];
    }
    return next;
  }

  if (matchMedia("(min-width: 901px)").matches) find("rail").open = true;
  document.documentElement.classList.add("ready");
  show(remembered());
  // Leaflet hears of the window's size alone, and the map's own changes with the rows around it.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
})();
