/* What the days and filters leave: the twin of mapdata/selection.py over the evidence that the file carries. */
(function () {
  "use strict";
  const offline = mapdataOffline;
  const PLACE = 0, ACTOR = 1, STATUS = 2, ARTICLE = 3, ORIGIN = 4, SPEAKER = 5, START = 6;

  /* data: the file's. Gives {first, last, select(view), at(place, view)}; a view is {from, to, asOf, status,
     country, actor}: days or null, and sets of numbers (status, actor) and codes (country), null for all. */
  offline.chooser = function (data) {
    const pairs = new Map(), published = (row) => data.articles[row[ARTICLE]][4];
    for (const row of [...data.claims, ...data.beside]) {
      const key = row[PLACE] + "|" + row[ACTOR], origin = data.origins[row[ORIGIN]];
      if (!pairs.has(key)) pairs.set(key, { place: row[PLACE], actor: row[ACTOR], country: data.actors[row[ACTOR]][0], items: [], known: null });
      pairs.get(key).items.push({
        status: row[STATUS], published: published(row), origin: origin[2], voice: origin[3],
        article: row[ARTICLE], start: row[START], speaker: row[SPEAKER],
      });
    }
    const byPlace = new Map();
    for (const row of data.claims) {
      if (!byPlace.has(row[PLACE])) byPlace.set(row[PLACE], []);
      byPlace.get(row[PLACE]).push(row);
    }
    for (const rows of byPlace.values()) rows.sort((a, b) => (published(b) ?? -1e9) - (published(a) ?? -1e9));
    const days = data.claims.map(published).filter((day) => day !== null && day <= data.as_of);
    const first = days.reduce((least, day) => Math.min(least, day), data.as_of);
    let assessed = "";

    const inWindow = (day, view) => day === null || ((view.from === null || view.from <= day) && (view.to === null || day <= view.to));
    const has = (set, value) => set === null || set.has(value);

    function assess(view) {
      const key = [view.from, view.to, view.asOf].join();
      if (key === assessed) return;
      assessed = key;
      for (const pair of pairs.values()) {
        const items = view.from === null && view.to === null ? pair.items : pair.items.filter((item) => inWindow(item.published, view));
        pair.known = offline.assess(items, view.asOf, data.rule.year);
      }
    }

    // A status that the file's own filters leave out weighs on the others, and is not shown.
    const asked = data.filters.status ? new Set(data.filters.status.split(",").map((word) => data.theatre.statuses.indexOf(word))) : null;
    const isFirm = (one) => one.live && has(asked, one.status) && one.origins >= data.min_origins && (data.recent === null || one.age <= data.recent);

    // What every choice asks of a row, looked up once.
    const facts = new Map(data.claims.map((row) => [row, { day: published(row), country: data.actors[row[ACTOR]][0] }]));
    for (const one of facts.values()) one.month = one.day === null ? null : offline.monthStart(one.day);
    const all = [...facts];

    const isOfThese = (row, { country }, view) => has(view.status, row[STATUS]) && has(view.actor, row[ACTOR]) && has(view.country, country);
    const isKnown = ({ day }, view) => day === null || (day <= view.asOf && inWindow(day, view));

    function select(view) {
      assess(view);
      const symbols = [], facets = { status: new Map(), country: new Map(), actor: new Map() };
      const count = (word, value) => facets[word].set(value, (facets[word].get(value) || 0) + 1);
      for (const pair of pairs.values()) {
        if (!pair.known) continue;
        const country = has(view.country, pair.country), actor = has(view.actor, pair.actor);
        for (const one of pair.known.standings) {
          if (!isFirm(one)) continue;
          const status = has(view.status, one.status);
          // Counted where its own filter alone leaves it out, or none.
          if (country && actor) count("status", one.status);
          if (status && actor) count("country", pair.country);
          if (status && country) count("actor", pair.actor);
          if (status && country && actor) symbols.push({ place: pair.place, actor: pair.actor, country: pair.country, ...one });
        }
      }
      const months = new Map(), origins = new Set();
      let claims = 0, undated = 0;
      for (const [row, fact] of all) {
        if (!isOfThese(row, fact, view)) continue;
        if (isKnown(fact, view)) {
          claims += 1;
          origins.add(row[ORIGIN]);
          if (fact.day === null) undated += 1;
        }
        if (fact.month === null || fact.day > data.as_of) continue;
        if (!months.has(fact.month)) months.set(fact.month, [0, 0, 0, 0]);
        months.get(fact.month)[row[STATUS]] += 1;
      }
      return { symbols, facets, claims, origins: origins.size, undated, months };
    }

    /* What is known of a place under the view: assessments of its actors, claims with the newest first. */
    function at(place, view) {
      assess(view);
      const known = [...pairs.values()].filter((pair) => pair.place === place && pair.known && has(view.actor, pair.actor) && has(view.country, pair.country));
      return { known, claims: (byPlace.get(place) || []).filter((row) => isOfThese(row, facts.get(row), view) && isKnown(facts.get(row), view)) };
    }

    return { first, last: data.as_of, select, at };
  };
})();
