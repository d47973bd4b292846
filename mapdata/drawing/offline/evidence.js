/* The right of the page: the places there are, and what a symbol rests on. */
(function () {
  "use strict";
  const offline = mapdataOffline, { element, isolated } = offline;
  const AT_ONCE = 40, LISTED = 6; // quotes, and symbols of a place in the list

  /* made: {data, words, statuses, writer, theatre}; choose(place, actor, status) opens a place, null closes it. */
  offline.evidence = function (box, made, choose) {
    const { data, writer, statuses, theatre } = made;
    const name = (actor) => theatre.actors[actor][3];
    let most = AT_ONCE;

    const fill = (...children) => box.replaceChildren(...children.filter((child) => child !== null && child !== ""));

    function list(selected) {
      const places = new Map(), wide = [];
      for (const one of selected.symbols) {
        if (data.places[one.place][4]) { wide.push(one); continue; }
        if (data.places[one.place][3] < 0) continue;
        if (!places.has(one.place)) places.set(one.place, []);
        places.get(one.place).push(one);
      }
      const order = [...places].sort((a, b) => Math.min(...a[1].map((s) => s.age)) - Math.min(...b[1].map((s) => s.age)) || data.places[a[0]][1].localeCompare(data.places[b[0]][1]));
      fill(
        element("h2", {}, order.length ? "Places, newest report first" : "No symbol under these filters"),
        element("p", { class: "hint" }, "Choose a symbol on the map, or a place, to read the quotes that it rests on."),
        element("ul", { class: "places" }, ...order.map(([place, symbols]) => element("li", {},
          element("button", { type: "button", on: { click: () => choose(place, null, null) } },
            element("b", {}, isolated(data.places[place][1])), " ", summed(symbols))))),
        ...(wide.length ? [
          element("h2", {}, "Said of countries as a whole"),
          element("ul", { class: "places" }, ...wide.map((one) => element("li", {},
            element("button", { type: "button", on: { click: () => choose(one.place, one.actor, one.status) } }, element("b", {}, isolated(data.places[one.place][1])), " ", said(one))))),
        ] : []),
      );
    }

    const summed = (symbols) => symbols.slice(0, LISTED).map(said).join("; ") + (symbols.length > LISTED ? ` and ${symbols.length - LISTED} more` : "");
    const said = (one) => `${name(one.actor)}, ${statuses[one.status]}${data.states[one.state] === "contested" ? ", contested" : ""}`;

    function place(number, actor, found) {
      const [, title, kind] = data.places[number];
      const mine = actor === null ? found.known : found.known.filter((pair) => pair.actor === actor);
      const claims = actor === null ? found.claims : found.claims.filter((row) => row[1] === actor);
      const origins = new Map();
      for (const row of claims) if (!origins.has(row[4])) origins.set(row[4], origins.size + 1);
      const head = element("h2", { tabindex: -1 }, isolated(title));
      fill(
        element("p", { class: "back" }, element("button", { type: "button", on: { click: () => choose(null, null, null) } }, "‹ All places")),
        kind && element("p", { class: "kind" }, kind), head,
        actor !== null && found.known.length > 1 ? element("p", {}, element("button", { type: "button", on: { click: () => choose(number, null, null) } }, `All ${found.known.length} actors here`)) : null,
        ...mine.map((pair) => element("p", { class: "sentence" }, writer.sentence(name(pair.actor), pair.known))),
        claims.length ? null : element("p", {}, "No claim on this place under these days and filters."),
        ...claims.slice(0, most).map((row) => card(row, origins.get(row[4]))),
        claims.length > most ? element("p", {}, element("button", { type: "button", class: "more", on: { click: () => { most += AT_ONCE; place(number, actor, found); } } }, `${claims.length - most} more quotes`)) : null,
      );
      return head;
    }

    function card(row, origin) {
      const [, outlet, title, url, day, illustrative] = data.articles[row[3]];
      const [, , , , , , , , quote, cues, attribution, from, to, review] = row;
      const facts = [`${name(row[1])}: ${statuses[row[2]]}`];
      if (from || to) facts.push(`held ${[from && "from " + from, to && "to " + to].filter(Boolean).join(" ")}`);
      if (review) facts.push(`${review} by a reviewer`);
      if (illustrative) facts.push("illustrative");
      return element("article", {},
        element("p", { class: "meta" }, element("span", {}, day === null ? "undated" : writer.day(day), " · ", isolated(outlet || "outlet unknown")), element("b", {}, `origin ${origin}`)),
        element("blockquote", { dir: "auto" }, ...cut(quote, cues)),
        element("p", { class: "meta" }, element("span", {}, facts.join(" · "), ...(attribution ? [" · said by ", isolated(attribution)] : []))),
        title || url ? element("p", { class: "meta" }, element("span", {}, ...(title ? [isolated(title), " "] : []), link(url))) : null);
    }

    /* Only an address of the web is a link: scripts and files of the reader's hide in others. */
    function link(url) {
      if (!url) return null;
      if (!/^https?:\/\/[^/]/i.test(url)) return isolated(url);
      return element("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, isolated(url));
    }

    /* The quote cut at its deciding words. Places count code points, as everywhere in mapdata. */
    function cut(quote, cues) {
      const signs = [...quote], parts = [];
      let at = 0;
      for (let i = 0; i < cues.length; i += 2) {
        parts.push(signs.slice(at, cues[i]).join(""), element("mark", {}, signs.slice(cues[i], cues[i + 1]).join("")));
        at = cues[i + 1];
      }
      parts.push(signs.slice(at).join(""));
      return parts;
    }

    return { list, place, fresh() { most = AT_ONCE; } };
  };
})();
