/* Draws the features of a preview on our own outline of the land, to move and zoom; without scripts the sketch stays. */
"use strict";
(async () => {
  const place = document.getElementById("live-map");
  const [features, outline] = await Promise.all([place.dataset.features, place.dataset.outline].map(async (url) => (await fetch(url)).json()));
  const figure = place.querySelector("figure");
  const canvas = document.createElement("div");
  canvas.className = "live-map__canvas";
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", place.dataset.label);
  figure.querySelector("svg").replaceWith(canvas);

  const map = L.map(canvas, { attributionControl: false, minZoom: 0, maxZoom: 14, zoomSnap: 0.5 });
  L.geoJSON(outline, {
    interactive: false,
    style: ({ properties }) => ({ className: `outline outline--${properties.kind}`, weight: 1, fill: properties.kind !== "border", fillOpacity: 1 }),
  }).addTo(map);
  const layer = L.geoJSON(features, {
    style: { className: "feature", weight: 2, fillOpacity: 0.25 },
    pointToLayer: (_, position) => L.circleMarker(position, { className: "feature", radius: 6, weight: 2, fillOpacity: 0.6 }),
    onEachFeature: (feature, shape) => {
      const list = document.createElement("dl");
      for (const [name, value] of Object.entries(feature.properties)) {
        for (const [tag, text] of [["dt", name], ["dd", value]]) {
          list.append(Object.assign(document.createElement(tag), { textContent: text }));
        }
      }
      if (list.children.length) shape.bindPopup(list, { maxWidth: 260 });
    },
  }).addTo(map);
  map.fitBounds(layer.getBounds(), { padding: [32, 32], maxZoom: 6 });
})();
