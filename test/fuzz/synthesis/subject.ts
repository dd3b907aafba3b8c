export * from '../../../lib';
