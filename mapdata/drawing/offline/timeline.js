/* The bottom of the page: claims by month, the day that the map stands for, and the play of the days. */
(function () {
  "use strict";
  const offline = mapdataOffline, STEP = 900; // milliseconds a month

  /* made: {chooser, writer}; change(asOf) is called with another day. */
  offline.timeline = function (box, made, change) {
    const { chooser, writer } = made, first = chooser.first, last = chooser.last;
    const slider = box.querySelector("input[type=range]"), play = box.querySelector("button"), said = box.querySelector("output");
    const bars = box.querySelector("svg"), start = offline.monthStart(first), months = [];
    for (let month = start; month <= last; month = offline.nextMonth(month)) months.push(month);
    Object.assign(slider, { min: first, max: last, step: 1 });
    let timer = 0;
    // One shape a status, of the days that are chosen and of the others: not one a bar.
    const paths = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => mapdata.svg("path", { class: `bar s${i % 4}${i < 4 ? "" : " later"}` }));
    bars.setAttribute("viewBox", `0 0 ${months.length} 100`);
    bars.append(...paths);

    function stop() {
      clearInterval(timer);
      timer = 0;
      play.textContent = "▶ Play";
      play.setAttribute("aria-label", "Play the timeline");
    }

    /* A month further, to its last day. */
    function step(from) {
      const next = offline.nextMonth(offline.nextMonth(from + 1) - 1) - 1;
      const end = offline.nextMonth(from + 1) - 1;
      change(Math.min(last, end > from ? end : next));
    }

    play.addEventListener("click", () => {
      if (timer) { stop(); return; }
      let at = Number(slider.value) >= last ? first : Number(slider.value);
      play.textContent = "❚❚ Pause";
      play.setAttribute("aria-label", "Pause the timeline");
      change(at);
      timer = setInterval(() => {
        at = Number(slider.value);
        if (at >= last) { stop(); return; }
        step(at);
      }, STEP);
    });
    slider.addEventListener("input", () => { stop(); change(Number(slider.value)); });

    function draw(view, selected) {
      slider.value = view.asOf;
      slider.setAttribute("aria-valuetext", writer.day(view.asOf));
      said.textContent = writer.day(view.asOf);
      const most = Math.max(1, ...[...selected.months.values()].map((counts) => counts.reduce((a, b) => a + b)));
      const shapes = Array.from({ length: 8 }, () => "");
      months.forEach((month, x) => {
        const counts = selected.months.get(month);
        if (!counts) return;
        let y = 100;
        const known = month <= view.asOf && (view.from === null || offline.nextMonth(month) > view.from) && (view.to === null || month <= view.to);
        counts.forEach((count, status) => {
          if (!count) return;
          const height = Math.max(7, (92 * count) / most);
          y -= height;
          shapes[status + (known ? 0 : 4)] += `M${x + 0.08} ${y.toFixed(1)}h.84v${height.toFixed(1)}h-.84z`;
        });
      });
      paths.forEach((path, i) => path.setAttribute("d", shapes[i]));
    }

    box.querySelector(".ends").replaceChildren(offline.element("span", {}, writer.day(first)), offline.element("span", {}, writer.day(last)));
    stop();
    return { draw, stop };
  };
})();
