import { Controller, Get, Module, Param, ParseIntPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CatsService } from '../cats.service';

@Controller()
class CatsController {
  constructor(private readonly cats: CatsService) {}

  @Get(':id')
  findOne(@Param('id', ParseIntPipe) id: number) {
    return this.cats.findOne(id);
  }
}

@Module({ controllers: [CatsController], providers: [CatsService] })
class CatsModule {}

export default await NestFactory.create(CatsModule);
