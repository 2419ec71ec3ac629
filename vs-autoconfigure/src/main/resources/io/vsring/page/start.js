// The page alone: nothing around it.
import { mount } from './page.js';

mount(document.getElementById('ring'));
