import { createSchema, createYoga } from 'graphql-yoga';

const books = [{ title: 'Middlemarch' }];

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    type Book { title: String! }
    type Query { books: [Book!]! }
    type Mutation { addBook(title: String!): Book! }
  `,
  resolvers: {
    Query: { books: () => books },
    Mutation: { addBook: (_, book: { title: string }) => books[books.push(book) - 1] },
  },
});

export default createYoga({ schema, graphqlEndpoint: '/' });
