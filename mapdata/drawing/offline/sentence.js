/* The sentence that says why a symbol is as it is: the twin of mapdata/assessment/sentence.py, over the same words,
   which the file carries (phrases.py). tests/test_page_rule.py holds the two against each other. */
(function () {
  "use strict";
  const offline = mapdataOffline, CURRENT = 0, MEDIUM = 5;

  /* data: `phrases`, `rule`, `speakers`, `states` of the file and the names of the statuses. */
  offline.writer = function (data, statuses) {
    const words = data.phrases, rule = data.rule, plurals = new Intl.PluralRules(words.locale);
    const fill = (form, values) => form.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    const plural = (forms, count) => forms[plurals.select(count)] || forms.other;
    const number = (count) => (count < words.numbers.length ? words.numbers[count] : String(count));
    const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

    function day(at) {
      const [year, month, date] = offline.iso(at).split("-").map(Number);
      return words.day.replace(/MMMM|d|y/g, (part) => ({ MMMM: words.month_names[month - 1], d: date, y: year })[part]);
    }

    function age(days) {
      if (days < 1) return words.today;
      let unit = "years", count = Math.floor((days + 0.5) / 365.2425);
      if (days <= rule.recent) [unit, count] = ["days", days];
      else if (days < 2 * 365) [unit, count] = ["months", Math.floor(days / rule.month)];
      return fill(plural(words[unit], count), { count });
    }

    function filled(forms, one) {
      return fill(plural(forms, one.origins), { number: number(one.origins), first: day(one.first), newest: day(one.newest) });
    }

    /* Who says it, in brackets; nothing where only outlets say it, on their own account. */
    function speakers(one) {
      if (one.speakers.every(([kind]) => kind === MEDIUM)) return "";
      const name = (table, [kind, count]) => plural(words[table][data.speakers[kind]], count);
      let listed = "";
      if (one.speakers.length === 1) listed = name("alone", one.speakers[0]);
      else {
        listed = one.speakers.map((pair, i) => fill(words[i ? "next of several" : "first of several"],
          { number: number(pair[1]), who: name("among others", pair) })).join(words["between speakers"]);
      }
      return fill(words.speakers, { speakers: listed });
    }

    function beside(other) {
      const clause = filled(words.beside[`${statuses[other.status]} ${data.states[other.state]}`], other);
      return clause + (other.live ? speakers(other) : "");
    }

    function ages(top, standings) {
      const live = standings.filter((one) => one.live).map((one) => one.age);
      const newest = live.length ? Math.min(...live) : top.age;
      const key = top.age <= rule.recent ? "age" : newest <= rule.recent ? "age, only headline old" : "age, headline old";
      return fill(words[key], { age: age(newest), headline_age: age(top.age), what: words.what[statuses[top.status]] });
    }

    function label(actor, top) {
      const status = words.status[statuses[top.status]];
      if (top.state === CURRENT) return fill(words.label, { actor, status });
      return fill(words["label with state"], { actor, status, state: words.state[data.states[top.state]] });
    }

    function sentence(actor, { standings, headline, undated }) {
      const parts = [], top = standings.find((one) => one.status === headline);
      if (!top) parts.push(fill(words["label of nothing dated"], { actor }));
      else {
        const said = capital(filled(words.headline[statuses[top.status]], top)) + speakers(top);
        const clauses = [said, ...standings.filter((one) => one !== top).map(beside)];
        parts.push(label(actor, top), clauses.join(words["between clauses"]), ages(top, standings));
      }
      if (undated) parts.push(capital(fill(plural(words.undated, undated), { number: number(undated) })));
      return parts.map((part) => part + words["sentence end"]).join(" ");
    }

    return { sentence, day, age };
  };
})();
