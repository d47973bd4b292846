/* The left of the page: filters by day, status, country and actor, each value with how many symbols it has. */
(function () {
  "use strict";
  const offline = mapdataOffline, { element, isolated } = offline;

  /* made: {data, theatre, statuses, chooser}; change(part of a view) is called with what was chosen. */
  offline.rail = function (box, made, change) {
    const { data, theatre, statuses, chooser } = made;
    const used = { actor: new Set(data.claims.map((row) => row[1])) };
    used.country = new Set([...used.actor].map((actor) => data.actors[actor][0]));
    const boxes = { status: new Map(), country: new Map(), actor: new Map() }, counts = { status: new Map(), country: new Map(), actor: new Map() };

    function day(word, label) {
      const input = element("input", { type: "date", min: offline.iso(chooser.first), max: offline.iso(chooser.last), on: { change: () => change({ [word]: offline.dayOf(input.value) }) } });
      return { input, line: element("label", { class: "day" }, element("span", {}, label), input) };
    }

    function group(word, title, values, said) {
      const lines = values.map(([value, label, picture]) => {
        const tick = element("input", { type: "checkbox", name: word, value, on: { change: () => chosen(word) } });
        const count = element("small", {});
        boxes[word].set(value, tick);
        counts[word].set(value, count);
        return element("label", {}, tick, picture, isolated(label), count);
      });
      const all = element("button", { type: "button", on: { click: () => change({ [word]: null }) } }, "all");
      const none = element("button", { type: "button", on: { click: () => change({ [word]: new Set() }) } }, "none");
      return element("fieldset", { class: word }, element("legend", {}, title), element("p", { class: "switch" }, all, " ", none), ...lines, said ? element("p", { class: "hint" }, said) : null);
    }

    function chosen(word) {
      const on = [...boxes[word]].filter(([, tick]) => tick.checked).map(([value]) => value);
      change({ [word]: on.length === boxes[word].size ? null : new Set(on) });
    }

    function swatch(slot) {
      const made = mapdata.svg("svg", { width: 12, height: 12, "aria-hidden": "true" });
      made.append(mapdata.svg("rect", { width: 12, height: 12, rx: 2, fill: theatre.colours[slot][0] }));
      return made;
    }

    const from = day("from", "Published from"), to = day("to", "to");
    const slot = (country) => data.actors.find(([code]) => code === country)[1];
    const byName = (a, b) => a[1].localeCompare(b[1]);
    const pictures = document.getElementById("pictures").content;
    const aged = `≠: contested. A pale half: newest evidence over ${data.rule.age_steps[0]} days old.`;
    box.replaceChildren(
      element("fieldset", {}, element("legend", {}, "Days"), from.line, to.line),
      group("status", "Status", statuses.map((word, i) => [i, word, pictures.children[i].cloneNode(true)]), aged),
      group("country", "Country", [...used.country].map((code) => [code, data.countries[code], swatch(slot(code))]).sort(byName)),
      group("actor", "Actor", [...used.actor].map((actor) => [actor, theatre.actors[actor][3], null]).sort(byName)),
    );

    function draw(view, selected) {
      for (const word of Object.keys(boxes)) {
        for (const [value, tick] of boxes[word]) {
          tick.checked = view[word] === null || view[word].has(value);
          counts[word].get(value).textContent = selected.facets[word].get(value) || 0;
        }
      }
      from.input.value = view.from === null ? "" : offline.iso(view.from);
      to.input.value = view.to === null ? "" : offline.iso(view.to);
    }

    return { draw };
  };
})();
