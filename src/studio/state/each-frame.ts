// Draws with the next frame of the screen; in a hidden tab, which has no frames, twice a second; elsewhere (tests) at once.
export type Frame = (draw: () => void) => void;

export const eachFrame: Frame = (draw) => {
  if (typeof requestAnimationFrame !== 'function') draw();
  else if (document.visibilityState === 'visible') requestAnimationFrame(draw);
  else setTimeout(draw, 500);
};
