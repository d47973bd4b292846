/* Where the rows of pills stand, so that none hides another: mapdata.place. Pure arithmetic in pixels. */
(function () {
  "use strict";
  const mapdata = (window.mapdata = window.mapdata || {});

  const RADII = [7, 14, 24, 36, 50, 66, 84, 104, 128, 156, 190, 230, 280, 340, 410];
  // Right of the point first, then left, then above and below: as an eye expects a caption.
  const ANGLES = [-30, 30, -150, 150, 0, 180, -90, 90, -60, 60, -120, 120, -12, 12, -168, 168];
  const SLACK = 3; // pixels that blocks keep between them

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
    return found.map(({ rect }) => ({ left: rect.left, top: rect.top }));
  };

  function crowd(blocks, i) {
    const own = blocks[i];
    let near = 0;
    for (const other of blocks) if (Math.abs(other.x - own.x) < 90 && Math.abs(other.y - own.y) < 60) near += 1;
    return near;
  }

  function best(block, frame, state) {
    const inFrame = block.x >= frame.left && block.x <= frame.right && block.y >= frame.top && block.y <= frame.bottom;
    let chosen = null;
    const consider = (rect, distance, bias) => {
      const leader = [block.x, block.y, clamp(block.x, rect.left, rect.right), clamp(block.y, rect.top, rect.bottom)];
      const cost = distance + bias + price(block, rect, leader, inFrame ? frame : null, state, chosen ? chosen.cost : Infinity);
      if (!chosen || cost < chosen.cost) chosen = { cost, rect, leader };
    };
    for (const [x, y] of block.within || []) {
      consider(rectAt(x - block.w / 2, y - block.h / 2, block), Math.hypot(x - block.x, y - block.y) * 0.1, 0);
    }
    if (chosen && chosen.cost < 600) return chosen;
    for (const radius of RADII) {
      if (chosen && chosen.cost <= radius) break;
      ANGLES.forEach((angle, rank) => {
        const rad = (angle * Math.PI) / 180, cos = Math.cos(rad), sin = Math.sin(rad);
        // The block's centre lies so far out that its edge is `radius` from the point.
        const reach = Math.min(Math.abs(cos) < 1e-9 ? Infinity : block.w / 2 / Math.abs(cos), Math.abs(sin) < 1e-9 ? Infinity : block.h / 2 / Math.abs(sin));
        const cx = block.x + cos * (radius + reach), cy = block.y + sin * (radius + reach);
        consider(rectAt(cx - block.w / 2, cy - block.h / 2, block), radius * (1 + radius / 150), rank * 0.4);
      });
    }
    return chosen;
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
    for (const other of state.rects) {
      const w = Math.min(rect.right, other.right) - Math.max(rect.left, other.left) + SLACK;
      const h = Math.min(rect.bottom, other.bottom) - Math.max(rect.top, other.top) + SLACK;
      if (w > 0 && h > 0) sum += 900 + w * h * 4;
      if (sum > limit) return sum;
      if (!block.area && crosses(leader, other)) sum += 150;
    }
    for (const point of state.points) {
      // The name of an area leaves room around points, whose rows have yet to find theirs.
      const room = block.area ? 26 : 4;
      if (point !== block && point.x > rect.left - room && point.x < rect.right + room && point.y > rect.top - room && point.y < rect.bottom + room) sum += 45;
    }
    for (const line of state.leaders) if (crosses(line, rect)) sum += 150;
    return sum;
  }

  function clamp(value, low, high) {
    return Math.max(low, Math.min(high, value));
  }

  /* Whether the line [x1, y1, x2, y2] passes through a rectangle (Liang and Barsky's clipping). */
  function crosses(line, rect) {
    const dx = line[2] - line[0], dy = line[3] - line[1];
    let from = 0, to = 1;
    for (const [p, q] of [[-dx, line[0] - rect.left], [dx, rect.right - line[0]], [-dy, line[1] - rect.top], [dy, rect.bottom - line[1]]]) {
      if (p === 0) {
        if (q <= 0) return false;
      } else if (p < 0) from = Math.max(from, q / p);
      else to = Math.min(to, q / p);
      if (from >= to) return false;
    }
    return true;
  }

  /* Sites that lie close together, as groups of indices, until no more than `most` things are to be drawn.
     spots: [{x, y, count}], count the pills of a site. A group counts as one thing. */
  mapdata.gather = function (spots, most) {
    let groups = spots.map((_, i) => [i]);
    for (const radius of [0, 26, 40, 60, 85, 120, 170, 240]) {
      if (radius) groups = within(spots, radius);
      const drawn = groups.reduce((sum, group) => sum + (group.length > 1 ? 1 : spots[group[0]].count), 0);
      if (drawn <= most) break;
    }
    return groups;
  };

  function within(spots, radius) {
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
