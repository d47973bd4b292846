/* Small helpers of the offline page: elements whose text is text, days, and the data that the file carries. */
(function () {
  "use strict";
  const offline = (window.mapdataOffline = {});

  /* An element with attributes and children; a string becomes text, whatever it holds. */
  offline.element = function (name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };

  /* Text from outside in a line of ours: its direction stays its own. */
  offline.isolated = (text) => offline.element("bdi", {}, text);

  /* The JSON in a block of the page: compressed by zlib, written as base64. */
  offline.unpacked = async function (id) {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  };

  /* A table of the file, which is a list of columns, as rows. */
  offline.rows = (columns) => (columns.length ? columns[0].map((_, i) => columns.map((column) => column[i])) : []);

  const DAY = 86400000;
  /* Days are numbers, days since 1 January 1970; on the screen and in the address they are 2025-02-09. */
  offline.iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  offline.dayOf = function (text) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text || "")) return null;
    const time = Date.parse(text + "T00:00:00Z");
    return Number.isNaN(time) ? null : time / DAY;
  };
  offline.monthStart = (day) => { const d = new Date(day * DAY); return Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), 1) / DAY; };
  offline.nextMonth = (day) => { const d = new Date(day * DAY); return Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 1) / DAY; };
  offline.year = (day) => new Date(day * DAY).getUTCFullYear();
})();
