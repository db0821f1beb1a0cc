// Short tones, made on the spot: read, taken, done, wrong. They never carry the message alone.

const TONES = {
  read: [[880, 0, 0.09], [1320, 0.1, 0.14]],
  taken: [[1200, 0, 0.05], [700, 0.06, 0.06]],
  done: [[660, 0, 0.12], [880, 0.13, 0.12], [1320, 0.26, 0.22]],
  wrong: [[220, 0, 0.18]],
};
const LOUDNESS = 0.2;
let context;

/** Play one of the tones; nothing where the browser has no sound. */
export function play(name) {
  if (!TONES[name] || !globalThis.AudioContext) return;
  context ??= new AudioContext();
  const now = context.currentTime;
  for (const [hertz, after, seconds] of TONES[name]) {
    const tone = new OscillatorNode(context, { frequency: hertz });
    const volume = new GainNode(context, { gain: LOUDNESS });
    volume.gain.setTargetAtTime(0, now + after + seconds, 0.02);
    tone.connect(volume).connect(context.destination);
    tone.start(now + after);
    tone.stop(now + after + seconds + 0.1);
  }
}
