// Leaflet over outlines of our own. Colours come from the style sheet through class names; nothing is styled in markup.
/* global L */
const el = document.querySelector("[data-map]");
if (el) start(el);

async function start(el) {
  L.Util.emptyImageUrl = "";
  const point = el.dataset.point ? el.dataset.point.split(",").map(Number) : null;
  const map = L.map(el, { zoomControl: true, attributionControl: false, minZoom: 3, maxZoom: el.dataset.tiles ? 16 : 11, worldCopyJump: false, zoomSnap: 0.5, scrollWheelZoom: !point });
  map.setView(point || [28, 42], point ? 8 : 4.5);
  const style = (name) => () => ({ className: name });
  const ar = document.documentElement.lang === "ar";
  const [world, admin] = await Promise.all([el.dataset.world, el.dataset.admin].map(async (u) => (await fetch(u)).json()));
  if (el.dataset.tiles) L.tileLayer(el.dataset.tiles, { attribution: el.dataset.credit }).addTo(map);
  else L.geoJSON(world, { style: style("land"), interactive: false }).addTo(map);
  L.geoJSON(admin, { style: style("admin"), interactive: false }).addTo(map);

  const names = L.layerGroup().addTo(map);
  const name = (lat, lon, text, big) => {
    const words = document.createElement("span");
    words.textContent = text;
    L.tooltip([lat, lon], { permanent: true, direction: "center", className: `map-label${big ? " big" : ""}`, opacity: 1, content: words, interactive: false }).addTo(names);
  };
  const shown = (p) => (p.ar ? (ar ? p.ar : p.en) : "");
  let placed = [];
  function free(lat, lon, text) {
    const p = map.latLngToContainerPoint([lat, lon]);
    const w = text.length * 4 + 6;
    if (placed.some((q) => Math.abs(q.y - p.y) < 15 && Math.abs(q.x - p.x) < q.w + w)) return false;
    placed.push({ x: p.x, y: p.y, w });
    return true;
  }
  async function label() {
    names.clearLayers();
    placed = [];
    const z = map.getZoom();
    const bounds = map.getBounds();
    if (z < 6) for (const f of world.features) { const [x, y] = f.properties.at; const said = shown(f.properties); if (said && bounds.contains([y, x]) && free(y, x, said)) name(y, x, said, true); }
    if (z >= 6 && z < 8) for (const f of admin.features) { const [x, y] = f.properties.at; const said = shown(f.properties); if (said && bounds.contains([y, x]) && free(y, x, said)) name(y, x, said, false); }
    if (z >= 8 && el.dataset.labels) {
      const rows = (await (await fetch(`${el.dataset.labels}?box=${bounds.toBBoxString()}`)).json()).rows;
      for (const r of rows) if (free(r.lat, r.lon, r.name)) name(r.lat, r.lon, r.name, false);
    }
  }
  map.on("moveend", label);
  label();
  if (point) {
    const metres = { point: 300, neighbourhood: 1000, settlement: 3000, district: 15000, governorate: 40000, country: 120000 }[el.dataset.precision] || 5000;
    L.circle(point, { radius: metres, className: "dot" }).addTo(map);
    map.setView(point, { point: 10, neighbourhood: 10, settlement: 9, district: 8, governorate: 7, country: 5 }[el.dataset.precision] || 8);
    return;
  }
  if (!el.dataset.cells) return;
  const layer = L.layerGroup().addTo(map);
  const list = document.querySelector("[data-inside-list]");
  let first = true;
  async function cells() {
    const join = el.dataset.cells.includes("?") ? "&" : "?";
    const box = first ? "" : `&box=${map.getBounds().pad(0.1).toBBoxString()}`;
    const data = await (await fetch(`${el.dataset.cells}${join}zoom=${Math.round(map.getZoom())}${box}`)).json();
    layer.clearLayers();
    for (const f of data.features) {
      const [lon, lat] = f.geometry.coordinates;
      const r = Math.min(26, 6 + Math.sqrt(f.properties.count) * 2.4);
      const dot = L.circleMarker([lat, lon], { radius: r, className: "dot" });
      if (f.properties.count > 1) dot.bindTooltip(String(f.properties.count), { permanent: true, direction: "center", className: "map-count" });
      dot.on("click", () => inside(lat, lon, r));
      dot.addTo(layer);
    }
    if (first && data.features.length) {
      first = false;
      map.fitBounds(L.latLngBounds(data.features.map((f) => [f.geometry.coordinates[1], f.geometry.coordinates[0]])).pad(0.15), { maxZoom: 8 });
    }
    first = false;
  }
  async function inside(lat, lon, r) {
    const p = map.latLngToContainerPoint([lat, lon]);
    const a = map.containerPointToLatLng([p.x - r - 8, p.y + r + 8]);
    const b = map.containerPointToLatLng([p.x + r + 8, p.y - r - 8]);
    const join = el.dataset.inside.includes("?") ? "&" : "?";
    list.innerHTML = await (await fetch(`${el.dataset.inside}${join}box=${[a.lng, a.lat, b.lng, b.lat].join(",")}`)).text();
  }
  map.on("moveend", cells);
  cells();
}
