import { makeApp } from './make-app.ts';

makeApp().synth();
