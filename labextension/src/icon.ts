import { LabIcon } from '@jupyterlab/ui-components';

import svgstr from '../style/icon.svg';

export const icon = new LabIcon({ name: 'nbcodegen:icon', svgstr });
