/* The text that cites the map or a place of it: place, status, day, versions and hash, in one line. */
(function () {
  "use strict";
  const offline = mapdataOffline;

  /* at: {place, actor, symbols}, null for the map as a whole. */
  offline.citation = function ({ data, theatre, statuses, writer }, manifest, view, at) {
    const day = writer.day(view.asOf);
    let what = `Reported military presence in ${manifest.theatre}, as of ${day}`;
    if (at) {
      const here = at.symbols.filter((one) => one.place === at.place && (at.actor === null || one.actor === at.actor));
      const said = here.map((one) => `${theatre.actors[one.actor][3]}, ${statuses[one.status]}${data.states[one.state] === "contested" ? " (contested)" : ""}`);
      what = `${data.places[at.place][1]}: ${said.join("; ") || "nothing current or contested"}, as of ${day}`;
    }
    const filters = Object.entries(manifest.filters).map(([word, value]) => `${word}=${value}`).join(" ");
    const { claims, origins } = manifest.counts;
    return `${what}. mapdata ${manifest.mapdata}, gazetteer ${manifest.theatre} ${manifest.gazetteer}; `
      + `file as of ${manifest.as_of}${filters ? `, filters ${filters}` : ""}; ${claims} claims of ${origins} origins; SHA-256 ${manifest.claims_sha256}.`;
  };
})();
