import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AlarmProperties } from './cloudwatch';
import { LazyApiFunctionProps } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

export function templateWith(props: Partial<LazyApiFunctionProps> | ((stack: Stack) => Partial<LazyApiFunctionProps>) = {}): Template {
  const stack = newStack({}, newAppWithoutBundling());
  newApi({ routers: routersAt(['/users', '/orders']), ...typeof props === 'function' ? props(stack) : props }, stack);
  return Template.fromStack(stack);
}

/** Returns the alarms by name in `alarmOverrides`. */
export function alarmsOf(template: Template): { [name: string]: AlarmProperties & { readonly AlarmActions?: unknown[]; readonly OKActions?: unknown[] } } {
  const resources = Object.entries(template.findResources('AWS::CloudWatch::Alarm')) as Array<[string, { Properties: AlarmProperties }]>;
  return Object.fromEntries(resources.map(([id, { Properties }]) => {
    const name = /^Api(\w+)Alarm/.exec(id)![1];
    return [name[0].toLowerCase() + name.slice(1), Properties];
  }));
}
