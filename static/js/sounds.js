// Short tones, made on the spot: read, taken, done, wrong. They never carry the message alone.

const TONES = {
  read: [[880, 0, 0.09], [1320, 0.1, 0.14]],
  taken: [[1200, 0, 0.05], [700, 0.06, 0.06]],
  done: [[660, 0, 0.12], [880, 0.13, 0.12], [1320, 0.26, 0.22]],
  wrong: [[220, 0, 0.18]],
};
const LOUDNESS = { soft: 0.07, normal: 0.2, loud: 0.6 }; // as the officers set it; no entry: no tones
let context;

/** Play one of the tones; nothing where the browser has no sound. */
export function play(name) {
  const loudness = LOUDNESS[document.documentElement.dataset.loudness];
  if (!TONES[name] || !loudness || !globalThis.AudioContext) return;
  context ??= new AudioContext();
  const now = context.currentTime;
  for (const [hertz, after, seconds] of TONES[name]) {
    const tone = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: loudness });
    volume.gain.setTargetAtTime(0, now + after + seconds, 0.02);
    tone.connect(volume).connect(context.destination);
    tone.start(now + after);
    tone.stop(now + after + seconds + 0.1);
  }
}
