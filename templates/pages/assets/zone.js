// Preselects the browser's own time zone where the form still shows its default. Everything works without this.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone
// Browsers know one zone by several names (Europe/Kiev, Europe/Kyiv); both resolve to the same one here.
const resolved = (zone) => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined // a zone that is newer than this browser
  }
}

for (const select of document.querySelectorAll('select[data-guess-zone]')) {
  if (select.value !== select.dataset.guessZone) continue
  const zones = [...select.options].map((option) => option.value)
  const found = zones.includes(own) ? own : zones.find((zone) => resolved(zone) === own)
  if (found) select.value = found
}
