import { App } from 'aws-cdk-lib';
import { RegulatedApi } from './regulated-api';

new RegulatedApi(new App(), 'RegulatedApi');
