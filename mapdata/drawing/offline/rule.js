/* From evidence to standings, as of a day: the twin of mapdata/assessment/rule.py, so that the page can show other
   days than the one that it was made for. tests/test_page_rule.py holds the two against each other.
   Statuses, states and speakers are numbers in the order of model.py. */
(function () {
  "use strict";
  const EXISTING = 0, PROPOSED = 1, DENIED = 2, FORMER = 3, MEDIUM = 5;
  const CURRENT = 0, CONTESTED = 1, SUPERSEDED = 2, LAPSED = 3;
  const HEADLINE_ORDER = [EXISTING, PROPOSED, FORMER, DENIED];

  /* items: evidence on one site and actor, {status, published, origin, voice, article, start, speaker}, published and
     origin as days or null. year: days. Gives {standings, headline, undated}, or null where nothing is known. */
  mapdataOffline.assess = function (items, asOf, year) {
    const heard = new Map();
    let undated = 0, any = false;
    for (const item of items) {
      if (item.published === null) { undated += 1; any = true; continue; }
      const day = item.origin === null ? item.published : item.origin;
      if (item.published > asOf || day > asOf) continue;
      any = true;
      if (!heard.has(item.status)) heard.set(item.status, { voices: new Map(), articles: new Set() });
      hear(heard.get(item.status), item, day);
    }
    if (!any) return null;
    for (const one of heard.values()) {
      one.newest = Math.max(...[...one.voices.values()].map((voice) => voice.newest));
      one.first = Math.min(...[...one.voices.values()].map((voice) => voice.first));
    }
    const states = stateOf(heard, asOf, year);
    const standings = [...states.keys()].sort((a, b) => a - b).map((status) => standing(heard.get(status), status, states.get(status), asOf));
    return { standings, headline: headline(standings), undated };
  };

  function hear(one, item, day) {
    one.articles.add(item.article);
    // The speaker is that of the earliest article which names one.
    const rank = [item.speaker === MEDIUM ? 1 : 0, item.published, item.article, item.start];
    const voice = one.voices.get(item.voice);
    if (!voice) { one.voices.set(item.voice, { newest: day, first: day, rank, speaker: item.speaker }); return; }
    voice.newest = Math.max(voice.newest, day);
    voice.first = Math.min(voice.first, day);
    if (before(rank, voice.rank)) { voice.rank = rank; voice.speaker = item.speaker; }
  }

  function before(a, b) {
    for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i] < b[i];
    return false;
  }

  function standing(one, status, state, asOf) {
    const counts = new Map();
    for (const voice of one.voices.values()) counts.set(voice.speaker, (counts.get(voice.speaker) || 0) + 1);
    return {
      status, state, origins: one.voices.size, first: one.first, newest: one.newest, age: asOf - one.newest,
      articles: one.articles.size, speakers: [...counts].sort((a, b) => a[0] - b[0]), live: state === CURRENT || state === CONTESTED,
    };
  }

  /* First what time does, then what supersedes what, last what contests what. */
  function stateOf(heard, asOf, year) {
    const states = new Map([...heard.keys()].map((status) => [status, CURRENT]));
    const newest = (status) => heard.get(status).newest;
    for (const status of [PROPOSED, DENIED]) if (states.has(status) && asOf - newest(status) > year) states.set(status, LAPSED);
    if (states.has(EXISTING) && states.has(FORMER)) presenceAndItsEnd(heard.get(EXISTING), heard.get(FORMER), states, year);
    if (states.has(EXISTING) && states.has(PROPOSED) && newest(EXISTING) >= newest(PROPOSED)) states.set(PROPOSED, SUPERSEDED);
    if (states.get(DENIED) === CURRENT) {
      for (const status of [EXISTING, PROPOSED]) {
        if ([CURRENT, CONTESTED].includes(states.get(status))) { states.set(status, CONTESTED); states.set(DENIED, CONTESTED); }
      }
    }
    return states;
  }

  function presenceAndItsEnd(existing, former, states, year) {
    const contested = () => { states.set(EXISTING, CONTESTED); states.set(FORMER, CONTESTED); };
    if (existing.newest === former.newest) { contested(); return; }
    const ended = former.newest > existing.newest;
    const newer = ended ? former : existing, older = ended ? existing : former;
    const lately = [...older.voices.values()].filter((voice) => voice.newest > older.newest - year).length;
    if (newer.voices.size < lately) contested();
    else states.set(ended ? EXISTING : FORMER, SUPERSEDED);
  }

  function headline(standings) {
    const live = new Set(standings.filter((one) => one.live).map((one) => one.status));
    for (const status of HEADLINE_ORDER) if (live.has(status)) return status;
    if (!standings.length) return null;
    const newest = Math.max(...standings.map((one) => one.newest));
    const last = new Set(standings.filter((one) => one.newest === newest).map((one) => one.status));
    return HEADLINE_ORDER.find((status) => last.has(status));
  }
})();
