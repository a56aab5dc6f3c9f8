import { describe, expect, it } from 'vitest';
import { USUAL } from '../../src/cockpit/look.ts';
import { stylesOf, THEMES, type Tone } from '../../src/cockpit/theme.ts';
import { Sitting } from './sitting.tsx';

describe('the screen', () => {
  it('is drawn in ASCII where nothing else is shown', async () => {
    const sitting = new Sitting({ settings: { appearance: { ...USUAL, ascii: true } } });
    await sitting.sees('+ 1 Incidents - 3');
    expect(sitting.text).toMatch(/^[\n -~]*$/);
  });

  it('is told in words to a screen reader, one pane at a time', async () => {
    const sitting = new Sitting({ settings: { appearance: { ...USUAL, screenReader: true } } });
    await sitting.sees(/^1 Incidents, 3$/m);
    await sitting.sees(/^> triggered \d+m charge-central 5xx/m);
    await sitting.press('2');
    await sitting.sees(/^2 Deploys, charge-central$/m);
    await sitting.seesNoMore('1 Incidents');
    expect(sitting.text).not.toMatch(/[\u2500-\u25ff]/);
  });

  it('has whole frames for an environment that is guarded, and broken ones for others', async () => {
    const sitting = new Sitting();
    await sitting.sees('╭ 1 Incidents ─ 3');
    sitting.cockpit.view.update((view) => ({ ...view, environment: 'test' }));
    await sitting.sees('╭ 1 Incidents ╌ 3');
    await sitting.seesNoMore('─');
  });
});

describe('a theme', () => {
  const tones = Object.keys(stylesOf('standard', 16)) as readonly Tone[];

  it.each(THEMES)(
    '%s tells what is well, what is not, and where one is, each in a style of its own',
    (theme) => {
      for (const colours of [0, 16, 256] as const) {
        const styles = stylesOf(theme, colours);
        expect(tones.every((tone) => styles[tone] !== undefined)).toBe(true);
        const distinct = ['good', 'bad', 'guarded', 'practice'] as const;
        expect(new Set(distinct.map((tone) => JSON.stringify(styles[tone]))).size).toBe(distinct.length);
        expect(styles.guarded).not.toEqual(styles.unguarded);
      }
    },
  );

  it('for colour-blind people sets no red against green', () => {
    for (const colours of [16, 256] as const) {
      const used = JSON.stringify(stylesOf('colour-blind', colours));
      expect(used).not.toMatch(/"(red|green|redBright|greenBright)"/);
    }
  });
});
