/* Where the rows of pills stand, so that none hides another: mapdata.place. Pure arithmetic in pixels. */
(function () {
  "use strict";
  const mapdata = (window.mapdata = window.mapdata || {});

  const RADII = [7, 14, 24, 36, 50, 66, 84, 104, 128, 156, 190, 230, 280, 340, 410];
  // Right of the point first, then left, then above and below: as an eye expects a caption.
  const ANGLES = [-30, 30, -150, 150, 0, 180, -90, 90, -60, 60, -120, 120, -12, 12, -168, 168];
  const DIRECTIONS = ANGLES.map((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]);
  const SLACK = 3; // pixels that blocks keep between them
  const FAR = 45, ROUNDS = 2, TRIALS = 60; // the cost from which a block asks others to move; how often it is tried in a round

  /* blocks: [{x, y, w, h, area, within}] with x, y the point that a block belongs to; area true for the name of an
     area, which comes first and stands on the point of `within` that leaves most room. frame: {left, top, right, bottom} that blocks of points within it should not leave.
     fixed: [{left, top, right, bottom}] that are taken. Gives [{left, top}] in the order of `blocks`. */
  mapdata.place = function (blocks, frame, fixed) {
    const order = blocks.map((_, i) => i).sort((a, b) => !!blocks[b].area - !!blocks[a].area || crowd(blocks, b) - crowd(blocks, a) || blocks[b].w - blocks[a].w || a - b);
    const points = blocks.filter((b) => !b.area), found = new Array(blocks.length);
    const around = (i) => {
      const others = found.filter((other, j) => other && j !== i);
      return { rects: [...(fixed || []), ...others.map((o) => o.rect)], leaders: others.filter((o) => !o.area).map((o) => o.leader), points };
    };
    const settle = (i) => { found[i] = { ...best(blocks[i], frame, around(i)), area: blocks[i].area }; };
    order.forEach(settle);
    // Whoever came early chose without knowing of the others: all choose once more, the worst off first.
    order.filter((i) => !blocks[i].area).sort((a, b) => found[b].cost - found[a].cost || a - b).forEach(settle);
    for (let round = 0; round < ROUNDS; round += 1) makeRoom(blocks, found, frame, around, settle);
    return found.map(({ rect }) => ({ left: rect.left, top: rect.top }));
  };

  /* Whoever stands far off asks those nearer to its point to move, where that costs less for all of them together. */
  function makeRoom(blocks, found, frame, around, settle) {
    // What stands where has changed since: what each place costs now.
    found.forEach((own, i) => { own.cost = own.base + price(blocks[i], own.rect, own.leader, within(blocks[i], frame), around(i), Infinity); });
    const far = found.map((_, i) => i).filter((i) => !blocks[i].area && found[i].cost > FAR).sort((a, b) => found[b].cost - found[a].cost || a - b);
    let trials = TRIALS;
    for (const i of far) {
      let better = null;
      for (const { rect, cost } of ring(blocks[i], RADII.slice(0, 5))) {
        if (cost >= found[i].cost || trials <= 0) continue;
        const others = found.map((_, j) => j).filter((j) => j !== i && overlap(found[j].rect, rect));
        if (!others.length || others.length > 2 || others.some((j) => blocks[j].area)) continue;
        trials -= 1;
        const kept = [i, ...others].map((j) => [j, found[j]]);
        const before = kept.reduce((sum, [, was]) => sum + was.cost, 0);
        for (const j of others) found[j] = null;
        found[i] = { rect, leader: leaderOf(blocks[i], rect), cost: 0, base: 0, area: false };
        others.forEach(settle);
        settle(i);
        const after = kept.reduce((sum, [j]) => sum + found[j].cost, 0);
        if (after < (better ? better.after : before - SLACK)) better = { after, moved: kept.map(([j]) => [j, found[j]]) };
        for (const [j, was] of kept) found[j] = was;
      }
      if (better) for (const [j, now] of better.moved) found[j] = now;
    }
  }

  function crowd(blocks, i) {
    const own = blocks[i];
    let near = 0;
    for (const other of blocks) if (Math.abs(other.x - own.x) < 90 && Math.abs(other.y - own.y) < 60) near += 1;
    return near;
  }

  function best(block, frame, state) {
    let chosen = null;
    const consider = (rect, distance, bias) => {
      if (chosen && distance + bias >= chosen.cost) return;
      const leader = leaderOf(block, rect);
      const cost = distance + bias + price(block, rect, leader, within(block, frame), state, chosen ? chosen.cost - distance - bias : Infinity);
      if (!chosen || cost < chosen.cost) chosen = { cost, base: distance + bias, rect, leader };
    };
    for (const [x, y] of block.within || []) {
      consider(rectAt(x - block.w / 2, y - block.h / 2, block), Math.hypot(x - block.x, y - block.y) * 0.1, 0);
    }
    if (chosen && chosen.cost < 600) return chosen;
    for (const radius of RADII) {
      if (chosen && chosen.cost <= radius) break;
      for (const { rect, cost } of ring(block, [radius])) consider(rect, cost, 0);
    }
    return chosen;
  }

  /* Where a block can stand around its point, at these distances, and what the distance costs. */
  function ring(block, radii) {
    return radii.flatMap((radius) => DIRECTIONS.map(([cos, sin], rank) => {
      // The block's centre lies so far out that its edge is `radius` from the point.
      const reach = Math.min(Math.abs(cos) < 1e-9 ? Infinity : block.w / 2 / Math.abs(cos), Math.abs(sin) < 1e-9 ? Infinity : block.h / 2 / Math.abs(sin));
      const cx = block.x + cos * (radius + reach), cy = block.y + sin * (radius + reach);
      return { rect: rectAt(cx - block.w / 2, cy - block.h / 2, block), cost: radius * (1 + radius / 150) + rank * 0.4 };
    }));
  }

  function leaderOf(block, rect) {
    return [block.x, block.y, clamp(block.x, rect.left, rect.right), clamp(block.y, rect.top, rect.bottom)];
  }

  function overlap(a, b) {
    return Math.min(a.right, b.right) - Math.max(a.left, b.left) + SLACK > 0 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + SLACK > 0;
  }

  /* The frame, for a block whose point lies in it; one beyond the edge may leave it. */
  function within(block, frame) {
    return block.x >= frame.left && block.x <= frame.right && block.y >= frame.top && block.y <= frame.bottom ? frame : null;
  }

  function rectAt(left, top, block) {
    return { left, top, right: left + block.w, bottom: top + block.h };
  }

  function price(block, rect, leader, frame, state, limit) {
    let sum = 0;
    if (frame) {
      const out = Math.max(0, frame.left - rect.left) + Math.max(0, rect.right - frame.right) + Math.max(0, frame.top - rect.top) + Math.max(0, rect.bottom - frame.bottom);
      if (out > 0) sum += 600 + out * 20;
    }
    const left = rect.left - SLACK, right = rect.right + SLACK, top = rect.top - SLACK, bottom = rect.bottom + SLACK;
    for (const other of state.rects) {
      if (other.left < right && other.right > left && other.top < bottom && other.bottom > top) {
        const w = Math.min(rect.right, other.right) - Math.max(rect.left, other.left) + SLACK;
        const h = Math.min(rect.bottom, other.bottom) - Math.max(rect.top, other.top) + SLACK;
        sum += 900 + w * h * 4;
        if (sum > limit) return sum;
      }
      if (!block.area && crosses(leader, other)) sum += 150;
    }
    // The name of an area leaves room around points, whose rows have yet to find theirs.
    const room = block.area ? 26 : 4;
    for (const point of state.points) {
      if (point.x > rect.left - room && point.x < rect.right + room && point.y > rect.top - room && point.y < rect.bottom + room && point !== block) sum += 45;
    }
    if (sum > limit) return sum;
    for (const line of state.leaders) if (crosses(line, rect)) sum += 150;
    return sum;
  }

  function clamp(value, low, high) {
    return Math.max(low, Math.min(high, value));
  }

  /* Whether the line [x1, y1, x2, y2] passes through a rectangle (Liang and Barsky's clipping). */
  function crosses(line, rect) {
    const x = line[0], y = line[1], endX = line[2], endY = line[3];
    // Most lines are nowhere near.
    if ((x <= rect.left && endX <= rect.left) || (x >= rect.right && endX >= rect.right)) return false;
    if ((y <= rect.top && endY <= rect.top) || (y >= rect.bottom && endY >= rect.bottom)) return false;
    const dx = endX - x, dy = endY - y;
    let from = 0, to = 1;
    if (dx !== 0) {
      const one = (rect.left - x) / dx, other = (rect.right - x) / dx;
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    }
    if (dy !== 0) {
      const one = (rect.top - y) / dy, other = (rect.bottom - y) / dy;
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    }
    return from < to;
  }

  /* Sites that lie close together, as groups of indices, until no more than `most` things are to be drawn.
     spots: [{x, y, count}], count the pills of a site. A group counts as one thing. */
  mapdata.gather = function (spots, most) {
    let groups = spots.map((_, i) => [i]);
    for (const radius of [0, 26, 40, 60, 85, 120, 170, 240]) {
      if (radius) groups = together(spots, radius);
      const drawn = groups.reduce((sum, group) => sum + (group.length > 1 ? 1 : spots[group[0]].count), 0);
      if (drawn <= most) break;
    }
    return groups;
  };

  function together(spots, radius) {
    const free = new Set(spots.keys()), groups = [];
    for (const i of [...free].sort((a, b) => spots[b].count - spots[a].count || a - b)) {
      if (!free.delete(i)) continue;
      const group = [i];
      for (const j of free) if (Math.hypot(spots[i].x - spots[j].x, spots[i].y - spots[j].y) <= radius) group.push(j);
      group.forEach((j) => free.delete(j));
      groups.push(group);
    }
    return groups;
  }
})();
