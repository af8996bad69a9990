import type { CodegenConfig } from '@graphql-codegen/cli'
import { trustedDocuments } from './tools/trusted-documents'

export default {
  schema: '../schema/schema.graphql',
  documents: ['src/**/*.graphql'],
  generates: {
    './src/gql/': {
      preset: trustedDocuments('../schema/documents/miniprogram.json'),
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { Fen: 'number', DateTime: 'string', ID: 'string' },
      },
    },
  },
} satisfies CodegenConfig
