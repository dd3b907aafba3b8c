/** The guides by group, in sidebar order. Each entry maps the name of a page's file in docs/ to its title in the sidebar. */
export const GUIDES: Record<string, Record<string, string>> = {
  'Build an API': {
    'routers': 'Routers',
    'frameworks': 'Frameworks',
    'python-routers': 'Routers in Python',
    'bundling': 'Bundling',
    'native-packages': 'Native packages and files',
    'function': 'The function',
    'secrets': 'Secrets and parameters',
    'migration': 'Migrate an existing API',
    'migrating-fastapi': 'Migrate a FastAPI application',
  },
  'Develop on your machine': {
    'local-development': 'Local development',
    'testing': 'Testing',
    'profiling': 'Profiling and a gate for CI',
  },
  'Put it behind an endpoint': {
    'endpoints': 'Endpoints',
    'rest-apis': 'REST APIs',
    'authorization': 'Authorization',
    'security': 'Security and compliance',
  },
  'Make it fast': {
    'cold-starts': 'Cold starts and preloading',
    'snapstart': 'SnapStart',
    'performance': 'Performance',
    'how-it-works': 'How it works',
  },
  'Run it': {
    'deployments': 'Deployments',
    'logs-and-metrics': 'Logs and metrics',
    'monitoring': 'Monitoring and alarms',
    'troubleshooting': 'Troubleshooting',
  },
};
