/** Two short soft tones, made here. */

const SOFT = 0.08 // of full loudness
const TONES = [659.3, 523.3] // Hz: a falling third
const LASTS = 0.35 // seconds a tone
const ALL = 2_000 // ms after which both are over for certain

/** Sound them by this AudioContext, one a little after the other. */
export function play(sound) {
  TONES.forEach((tone, place) => begin(sound, tone, place * LASTS * 0.6))
}

/** Sound them once, on a page that was touched before. */
export function ring() {
  const sound = new AudioContext()
  play(sound)
  setTimeout(() => sound.close(), ALL)
}

function begin(sound, tone, after) {
  const [source, volume] = [sound.createOscillator(), sound.createGain()]
  const begins = sound.currentTime + after
  source.frequency.value = tone
  volume.gain.setValueAtTime(0.0001, begins)
  volume.gain.exponentialRampToValueAtTime(SOFT, begins + 0.03)
  volume.gain.exponentialRampToValueAtTime(0.0001, begins + LASTS)
  source.connect(volume).connect(sound.destination)
  source.start(begins)
  source.stop(begins + LASTS)
}
