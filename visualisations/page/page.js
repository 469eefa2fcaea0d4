/* The exported map: draws what the server placed. Every text becomes a text node; nothing is ever read as HTML. */
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const find = (id) => document.getElementById(id);
  const data = read("data");
  const options = read("options");
  const words = data.words;
  const theme = matchMedia("(prefers-color-scheme: dark)");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const animation = matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350 };
  const hidden = new Set();
  let chosen = null;

  const relationsOf = data.nodes.map(() => []);
  data.relations.forEach((relation) => {
    relationsOf[relation[0]].push(relation);
    if (relation[1] !== relation[0]) relationsOf[relation[1]].push(relation);
  });
  const near = (id) => new Set(relationsOf[id].flatMap((relation) => [relation[0], relation[1]]));

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(find("network"), { nodes, edges }, options);

  function paint() {
    const shade = theme.matches ? 1 : 0;
    const ground = style("--ground");
    const faint = theme.matches ? "#222d29" : "#e3e8e5";
    const line = theme.matches ? "#43524c" : "#b9c5bf";
    const bright = style("--accent");
    const lit = chosen === null ? null : near(chosen).add(chosen);
    nodes.update(data.nodes.map(({ id, group, size }) => {
      const colour = lit && !lit.has(id) ? faint : data.families[group][shade];
      const state = { background: colour, border: ground };
      return { id, size, hidden: hidden.has(group), color: { ...state, highlight: { background: colour, border: style("--text") }, hover: { background: colour, border: style("--text") } } };
    }));
    edges.update(data.edges.map((edge) => {
      const touches = edge.from === chosen || edge.to === chosen;
      const colour = chosen === null ? line : touches ? bright : faint;
      return { id: edge.id, color: { color: colour, highlight: bright, hover: bright, opacity: chosen === null ? 0.7 : touches ? 1 : 0.45 } };
    }));
    Object.entries(data.families).forEach(([name, colours]) => {
      document.querySelectorAll(`.mark.of-${name}`).forEach((mark) => { mark.style.background = colours[shade]; });
    });
  }

  /* Names: the best linked first, below or above their dot, each only where it covers no other; more of them the closer
     one looks. The first few may cover dots: a map must name its largest. */
  const ranked = data.nodes.map((node) => node.id).sort((a, b) => data.nodes[b].size - data.nodes[a].size);
  const sure = new Set(ranked.slice(0, 12));
  const widths = new Map();

  function meets(box, boxes) {
    return boxes.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
  }

  function seen(scale) {
    const low = network.DOMtoCanvas({ x: 0, y: 0 });
    const high = network.DOMtoCanvas({ x: find("network").clientWidth, y: find("network").clientHeight });
    const inside = ({ group, x, y }) => !hidden.has(group) && x > low.x && x < high.x && y > low.y && y < high.y;
    if (chosen !== null) {
      const lit = near(chosen);
      return { low, high, nodes: [chosen, ...ranked.filter((id) => lit.has(id) && id !== chosen)].map((id) => data.nodes[id]).filter(inside) };
    }
    return { low, high, nodes: ranked.map((id) => data.nodes[id]).filter((node) => node.size * scale > 4 && inside(node)) };
  }

  function write(context) {
    const scale = network.getScale();
    const size = 12.5 / scale;
    const { low, high, nodes: shown } = seen(scale);
    const dots = shown.slice(0, 60).map(({ x, y, size: radius }) => [x - radius, y - radius, x + radius, y + radius]);
    const taken = [];
    Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5 / scale, strokeStyle: style("--ground"), fillStyle: style("--text") });
    for (const node of shown) {
      context.font = `${node.id === chosen ? "700 " : ""}${size}px system-ui, "Segoe UI", "Noto Sans", sans-serif`;
      const name = node.label.length > 38 ? `${node.label.slice(0, 36)}…` : node.label;
      if (!widths.has(node.id)) widths.set(node.id, context.measureText(name).width * scale);
      const half = (widths.get(node.id) / 2 + 3) / scale;
      const middle = Math.min(Math.max(node.x, low.x + half), high.x - half);
      const gap = node.size + 2 / scale;
      const boxes = [node.y + gap, node.y - gap - size * 1.2].map((top) => [middle - half, top, middle + half, top + size * 1.2]);
      const box = boxes.find((one) => !meets(one, taken) && !meets(one, dots)) ?? boxes.find((one) => sure.has(node.id) && !meets(one, taken));
      if (!box) continue;
      taken.push(box);
      context.strokeText(name, middle, box[1]);
      context.fillText(name, middle, box[1]);
    }
  }

  function element(tag, text, name) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (name) made.className = name;
    return made;
  }

  function link(address, text) {
    const made = element("a", text);
    made.href = address;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }

  function jump(id) {
    const made = element("button", data.nodes[id].label, "jump");
    made.type = "button";
    made.dataset.node = id;
    return made;
  }

  function span(start, end) {
    if (start && end) return start === end ? start : `${start} – ${end}`;
    return start ? `${words.since} ${start}` : end ? `${words.until} ${end}` : "";
  }

  function host(address) {
    try { return new URL(address).hostname.replace(/^www\./, ""); } catch { return words.source; }
  }

  function line(id, [one, other, tie, role, start, end, amount, documents]) {
    const made = element("li");
    made.append(jump(one === id ? other : one));
    const told = [role || tie, span(start, end), amount].filter(Boolean).join(", ");
    made.append(element("div", told, "how"));
    const sources = element("div", undefined, "how");
    documents.forEach((number, place) => {
      if (place) sources.append(", ");
      sources.append(link(data.documents[number], host(data.documents[number])));
    });
    if (documents.length) { sources.prepend(`${words.source}${words.colon} `); made.append(sources); }
    return made;
  }

  function tell(id) {
    const panel = find("panel");
    panel.replaceChildren();
    panel.hidden = id === null;
    if (id === null) return;
    const head = element("div", undefined, "head");
    const close = element("button", words.close);
    close.type = "button";
    close.addEventListener("click", () => choose(null));
    head.append(element("h2", data.nodes[id].label), close);
    panel.append(head, element("p", [data.kinds[id], data.counties[id]].filter(Boolean).join(", "), "what"));
    if (data.homepages[id]) panel.append(link(data.homepages[id], host(data.homepages[id])));
    panel.append(element("h3", `${words.links} (${relationsOf[id].length})`));
    if (!relationsOf[id].length) panel.append(element("p", words.no_links));
    const list = element("ul");
    relationsOf[id].forEach((relation) => list.append(line(id, relation)));
    panel.append(list);
    panel.scrollTop = 0;
  }

  function choose(id, move) {
    chosen = id;
    if (id !== null && hidden.has(data.nodes[id].group)) toggle(data.nodes[id].group);
    network.selectNodes(id === null ? [] : [id], false);
    tell(id);
    network.setSize("100%", "100%"); // the panel has taken or left room; vis-network would notice only later
    paint();
    if (id !== null && move) network.focus(id, { scale: Math.max(network.getScale(), 0.7), animation });
  }

  function toggle(group) {
    if (!hidden.delete(group)) hidden.add(group);
    document.querySelectorAll(".family").forEach((button) => {
      if (button.dataset.family === group) button.setAttribute("aria-pressed", String(!hidden.has(group)));
    });
    paint();
  }

  function save() {
    const drawn = document.querySelector("#network canvas");
    const copy = document.createElement("canvas");
    copy.width = drawn.width;
    copy.height = drawn.height;
    const context = copy.getContext("2d");
    context.fillStyle = style("--ground");
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(drawn, 0, 0);
    const made = element("a");
    made.href = copy.toDataURL("image/png");
    made.download = "cleantech-map.png";
    made.click();
  }

  network.on("afterDrawing", write);
  network.on("selectNode", ({ nodes: [id] }) => choose(id));
  network.on("click", ({ nodes: hit }) => { if (!hit.length && chosen !== null) choose(null); });
  theme.addEventListener("change", () => { paint(); network.redraw(); });
  find("fit").addEventListener("click", () => { choose(null); network.fit({ animation }); });
  find("save").addEventListener("click", save);
  find("find").addEventListener("submit", (event) => { event.preventDefault(); seek(); });
  find("sought").addEventListener("change", () => seek());
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.dataset.family) toggle(button.dataset.family);
    if (button.classList.contains("jump")) {
      choose(Number(button.dataset.node), true);
      find("network").scrollIntoView({ block: "nearest" });
      find("panel").focus({ preventScroll: true });
    }
  });

  function seek() {
    const wanted = find("sought").value.trim().toLocaleLowerCase();
    if (!wanted) return;
    const names = data.nodes.map((node) => node.label.toLocaleLowerCase());
    let id = names.indexOf(wanted);
    if (id < 0) id = ranked.find((one) => names[one].includes(wanted)) ?? -1;
    if (id >= 0) choose(id, true);
  }

  if (innerWidth <= 700) find("legend").open = false;
  network.fit();
  const grow = Math.min(Math.max(0.3 / network.getScale(), 1), 2.2); // a dot must be seen on a small screen
  data.nodes.forEach((node) => { node.size *= grow; });
  paint();
  network.once("afterDrawing", () => { window.__network = { nodes: nodes.length, edges: edges.length, relations: data.relations.length }; });
  network.fit();
})();
