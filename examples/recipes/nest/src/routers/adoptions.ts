import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CatsService } from '../cats.service';

@Controller()
class AdoptionsController {
  constructor(private readonly cats: CatsService) {}

  @Post()
  create(@Body() { cat, by }: { cat: number; by: string }) {
    return { cat: this.cats.findOne(cat), by };
  }
}

@Module({ controllers: [AdoptionsController], providers: [CatsService] })
class AdoptionsModule {}

export default await NestFactory.create(AdoptionsModule);
